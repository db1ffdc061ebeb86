/// A tile's features by layer, as a Mapbox Vector Tile of version 2.1 carries them.
package struct VectorTile: Hashable, Sendable {
    package var layers: [TileLayer]

    package init(_ layers: [TileLayer]) {
        self.layers = layers
    }
}

package struct TileLayer: Hashable, Sendable {
    /// No other layer of the tile has it.
    package var name: String
    package var extent: Int
    package var features: [TileFeature]

    package init(name: String, extent: Int = 4096, features: [TileFeature]) {
        self.name = name
        self.extent = extent
        self.features = features
    }
}

package struct TileFeature: Hashable, Sendable {
    package var id: UInt64?
    /// Nil where a tile made by others does not say what its geometry is.
    package var shape: TileShape?
    package var properties: [Property]

    package init(id: UInt64?, shape: TileShape?, properties: [Property]) {
        self.id = id
        self.shape = shape
        self.properties = properties
    }

    package struct Property: Hashable, Sendable {
        package let name: String
        package let value: TileValue

        package init(_ name: String, _ value: TileValue) {
            self.name = name
            self.value = value
        }
    }
}

package enum TileValue: Hashable, Sendable {
    case text(String)
    case integer(Int64)
    case double(Double)
    case bool(Bool)
}
