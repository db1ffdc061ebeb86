import Glibc
import Synchronization

/// The results of some tasks, in their order, worked out on a number of threads that each take the next task left over.
package func concurrently<Result: Sendable>(_ tasks: Int, threads: Int, _ work: @Sendable (Int) -> Result) -> [Result] {
    let next = Atomic(0)
    let results = Mutex([Result?](repeating: nil, count: tasks))
    func run() {
        while true {
            let task = next.wrappingAdd(1, ordering: .relaxed).oldValue
            guard task < tasks else { return }
            let result = work(task)
            results.withLock { $0[task] = result }
        }
    }
    withoutActuallyEscaping(run) { run in
        let job = Job(run)
        var started: [pthread_t] = []
        for _ in 1..<max(1, min(threads, tasks)) {
            var thread = pthread_t()
            // A thread that the system refuses is done without.
            if unsafe pthread_create(&thread, nil, runJob, Unmanaged.passUnretained(job).toOpaque()) == 0 { started.append(thread) }
        }
        run()
        for thread in started { pthread_join(thread, nil) }
    }
    return results.withLock { $0.compactMap { $0 } }
}

/// One task on a thread of its own; where the system refuses a thread, it is done at once.
package final class Background {
    private var thread: pthread_t?

    package init(_ work: @escaping @Sendable () -> Void) {
        let job = Job(work)
        var started = pthread_t()
        if unsafe pthread_create(&started, nil, runJobToKeep, Unmanaged.passRetained(job).toOpaque()) == 0 {
            thread = started
        } else {
            unsafe Unmanaged.passUnretained(job).release()
            work()
        }
    }

    /// Waits until it is done.
    package func join() {
        if let thread { pthread_join(thread, nil) }
        thread = nil
    }

    deinit { join() }
}

private func runJobToKeep(_ job: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    if let job = unsafe job { unsafe Unmanaged<Job>.fromOpaque(job).takeRetainedValue().run() }
    return nil
}

private final class Job {
    let run: () -> Void
    init(_ run: @escaping () -> Void) { self.run = run }
}

private func runJob(_ job: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    if let job = unsafe job { unsafe Unmanaged<Job>.fromOpaque(job).takeUnretainedValue().run() }
    return nil
}
