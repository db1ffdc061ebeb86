package import Store

extension CityFile {
    /// The city as it would be if a delivery were accepted now. It is accepted within a transaction that is always taken back, so that
    /// nothing is left of it, wherever the process ends.
    package func supposing(_ delivery: Int, _ decision: Decision) throws(ServiceError) -> Town {
        var result: Result<Town, ServiceError>?
        do throws(StoreError) {
            try transaction { () throws(StoreError) -> Never in
                let revision = try accept(delivery, decision)
                result = Result { () throws(ServiceError) in try Town(compiling: self, revision.number, alone: true) }
                throw .constraint(reason: "supposed only")
            }
        } catch {
            guard let result else { throw .store(error) }
            return try result.get()
        }
    }
}
