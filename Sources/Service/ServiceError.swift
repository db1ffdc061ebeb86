import Formats
package import Importing
package import Spatial
package import Store
import Planning

/// Why a question or a delivery could not be served. What the data lacks is said in answers, not here.
package enum ServiceError: Error {
    /// The request is at fault: what, where, and what was expected.
    case badInput(BadInput)
    /// The code asked for stands on no parcel that counts; why those of that code do not.
    case noSuchParcel(String, keptOut: [String])
    /// No address fits, or several do.
    case addressFits(String, [AddressCandidate])
    /// Our area and the second opinion differ, or an account does not close: for a person to look at.
    case areasDisagree(String)
    /// The data in the city contradicts itself: what and where.
    case corrupt(String)
    /// A change would take this from parcels, and nobody has allowed it by name.
    case loses([Loss])
    case store(StoreError)
    case spatial(SpatialError)
    /// The importing program itself failed, whatever the file.
    case importer(ImporterProcessError)

    /// Whether the city simply has no answer: no such revision, parcel or address.
    package var isNoAnswer: Bool {
        switch self {
        case .noSuchParcel, .addressFits, .store(.missing): true
        default: false
        }
    }
}

/// Runs a step of Spatial's, its errors carried over.
func spatially<Result: ~Copyable>(_ step: () throws(SpatialError) -> Result) throws(ServiceError) -> Result {
    do { return try step() } catch { throw .spatial(error) }
}

/// Runs a step of the store's, its errors carried over.
func storing<Result: ~Copyable>(_ step: () throws(StoreError) -> Result) throws(ServiceError) -> Result {
    do { return try step() } catch { throw .store(error) }
}
