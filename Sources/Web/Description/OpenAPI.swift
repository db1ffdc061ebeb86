import Formats
import Service

extension Site {
    static let api = Route("/api", "توصیف این رابط", "this API, described as OpenAPI 3.0", forms: [.openAPI, .html]) {
        visit throws(Problem) in
        if visit.form == .html { return visit.inWords() }
        let published = try Problem.serving { () throws(ServiceError) in try visit.site.desk.newest.published() }
        var response = Response(type: Form.openAPI.type, OpenAPI.document(of: visit, published).canonical() + [10])
        response.fields.append(("Cache-Control", "no-cache"))
        return .now(response)
    }

    static let apiInWords = Route("/api.html", "راهنما", "this API in words", forms: [.html]) { visit in visit.inWords() }
}

extension Visit {
    /// The table of routes for people.
    fileprivate func inWords() -> Reply {
        let page = Page(language, title: language("رابط برنامه‌ها", "The API")) { page in
            for route in site.router.routes {
                page.heading("\(route.method.rawValue) \(route.template)")
                page.paragraph(language(route.persian, route.english))
                if !route.parameters.isEmpty {
                    page.table(
                        [language("پارامتر", "Parameter"), language("معنا", "Meaning")],
                        route.parameters.map { [$0.name, language($0.persian, $0.english)] })
                }
            }
        }
        return .now(Response(type: Form.html.type, page.bytes))
    }
}

/// The description of the API, made of the table of routes.
enum OpenAPI {
    static func document(of visit: Visit, _ published: Published) -> JSON {
        var paths: [String: JSON] = [:]
        let crs = published.crs.map(\.uri)
        for route in visit.site.router.routes {
            // Each layer's own paths are named, so that a client sees what may be asked of it; the rest of a path stays a parameter.
            if route.path.first == "collections", route.path.count > 1, route.path[1] == "{collectionId}" {
                for layer in published.layers {
                    let path = "/collections/" + Percent.encoded(layer.id) + route.path.dropFirst(2).map { "/" + $0 }.joined()
                    let parameters = route.parameters.filter { $0.name != "collectionId" } + route.queryables(layer)
                    add(route, parameters, suffix: "." + layer.id, at: path, to: &paths, crs: crs)
                }
            } else {
                add(route, route.parameters, suffix: "", at: route.template, to: &paths, crs: crs)
            }
        }
        return [
            "openapi": "3.0.3",
            "info": [
                "title": "شهرساز · Shahrsaz", "version": .string(Version.text),
                "description": "Which regulations apply to a place, with the clause that says so; and the city's layers.",
                "license": ["name": "MPL-2.0"],
            ],
            "servers": [["url": .string(visit.site.base(visit.request))]], "paths": .object(paths),
            "components": ["schemas": ["problem": problem, "featureCollection": featureCollection, "feature": feature]],
        ]
    }

    private static func add(
        _ route: Route, _ parameters: [Parameter], suffix: String, at path: String, to paths: inout [String: JSON], crs: [String]
    ) {
        let operationId =
            route.method.rawValue.lowercased() + route.path.map { "." + $0.filter { $0 != "{" && $0 != "}" } }.joined() + suffix
        var content: [String: JSON] = [:]
        for form in route.forms { content[form == .any ? "*/*" : form.bareType] = ["schema": schema(form, of: route)] }
        var responses: [String: JSON] = [:]
        let problem: JSON = [
            "description": "Why there is no answer (RFC 9457)",
            "content": [
                "application/problem+json": ["schema": ["$ref": "#/components/schemas/problem"]],
                "text/html": ["schema": ["type": "string"]],
            ],
        ]
        if route.template == "/alive" {
            responses["204"] = ["description": "It lives"]
        } else {
            responses["200"] = ["description": .string(route.english), "content": .object(content)]
        }
        if route.forms.contains(.vectorTile) { responses["204"] = ["description": "The tile shows nothing of the layers"] }
        if route.template == "/answer" {
            responses["300"] = [
                "description": "Several addresses fit",
                "content": ["application/json": ["schema": ["type": "object"]], "text/html": ["schema": ["type": "string"]]],
            ]
        }
        if route.template == "/find" {
            responses["200"] = nil
            responses["303"] = ["description": "The address of the answer to what was typed"]
        }
        for status in ["400", "403", "404", "405", "406", "409", "410", "413", "415", "503"] { responses[status] = problem }
        var operation: [String: JSON] = [
            "operationId": .string(operationId), "summary": .string(route.english), "description": .string(route.persian),
            "responses": .object(responses),
            "parameters": .array(
                (parameters + [Parameter("f", .oneOf(route.forms.map(\.name)), "شکل پاسخ", "the form of the answer"), language]).map {
                    $0.json(crs: crs)
                }
            ),
        ]
        if route.method == .post {
            operation["requestBody"] = [
                "required": true,
                "content": .object(Dictionary(uniqueKeysWithValues: route.takes.map { ($0, ["schema": bodySchema($0)]) })),
            ]
        }
        paths[path] = .object((paths[path]?.asObject ?? [:]).merging([route.method.rawValue.lowercased(): .object(operation)]) { $1 })
    }

    private static let language = Parameter(
        "lang", .oneOf(["fa", "en"]), "زبان", "the language of texts and problems (default: Accept-Language, then Persian)")

    private static func bodySchema(_ type: String) -> JSON {
        switch type {
        case "application/json": ["type": "object"]
        case "multipart/form-data": ["type": "object", "properties": ["file": ["type": "string", "format": "binary"]]]
        default: ["type": "string"]
        }
    }

    private static func schema(_ form: Form, of route: Route) -> JSON {
        switch (form, route.path.last) {
        case (.geoJSON, "items"): ["$ref": "#/components/schemas/featureCollection"]
        case (.geoJSON, "{featureId}"), (.geoJSON, "{code}"), (.geoJSON, "envelope"): ["$ref": "#/components/schemas/feature"]
        case (.vectorTile, _), (.png, _), (.pdf, _), (.report, _): ["type": "string", "format": "binary"]
        default: form.bareType.hasSuffix("json") ? ["type": "object"] : ["type": "string"]
        }
    }

    private static let problem: JSON = [
        "type": "object", "required": ["type", "title", "status", "detail", "code"],
        "properties": [
            "type": ["type": "string"], "title": ["type": "string"], "status": ["type": "integer"], "detail": ["type": "string"],
            "code": ["type": "string"], "parameter": ["type": "string"], "nearest": ["type": "string"],
        ],
    ]

    private static let links: JSON = [
        "type": "array",
        "items": [
            "type": "object", "required": ["href", "rel"],
            "properties": ["href": ["type": "string"], "rel": ["type": "string"], "type": ["type": "string"], "title": ["type": "string"]],
        ],
    ]

    private static let feature: JSON = [
        "type": "object", "required": ["type", "geometry", "properties"],
        "properties": [
            "type": ["type": "string", "enum": ["Feature"]], "id": ["oneOf": [["type": "string"], ["type": "integer"]]],
            "geometry": ["type": "object", "nullable": true], "properties": ["type": "object"], "links": links,
        ],
    ]

    private static let featureCollection: JSON = [
        "type": "object", "required": ["type", "features"],
        "properties": [
            "type": ["type": "string", "enum": ["FeatureCollection"]],
            "features": ["type": "array", "items": ["$ref": "#/components/schemas/feature"]], "links": links,
            "timeStamp": ["type": "string", "format": "date-time"], "numberMatched": ["type": "integer", "minimum": 0],
            "numberReturned": ["type": "integer", "minimum": 0],
        ],
    ]
}

extension Route {
    /// Queryables that stand as parameters of their own: a layer's texts, where features are listed.
    func queryables(_ layer: PublishedLayer) -> [Parameter] {
        guard path.last == "items" else { return [] }
        let taken = Set(parameters.map(\.name))
        return layer.properties.filter { $0.kind == .text && !taken.contains($0.name) }.map {
            Parameter($0.name, .text, "عارضه‌هایی که \($0.name) آن‌ها درست این است", "features whose \($0.name) is exactly this")
        }
    }
}
