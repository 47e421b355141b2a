internal import Foundation
internal import HeapModule
internal import LuckyModel
internal import LuckySync

/// A city's return: what each depot's phones sent and what that cost its hub, as it was played, laid
/// over one another on machines that all depots share.
///
/// Each phone's real sync machine decides when it sends, what it makes of an answer that does not come
/// in time, and how long it then waits; an exchange and what it costs are those that were played. A
/// depot's hub takes one request after the other, and the processors go round the depots that have
/// some. A request whose phone gave up is taken all the same; what comes once more costs what the same
/// bytes cost when they were sent to the played hub once more.
package struct OutageCity {
    private struct Phone {
        var machine: SyncMachine
        let depot: Int
        /// The moment of the return by its clock.
        let returned: Int64
        let exchanges: [OutageExchange]
        /// Which exchange is next, and how many a hub has taken.
        var step = 0
        var taken = 0
        /// Which one was sent last.
        var sent = -1
        var isReceived = false
        /// Of the timer that counts.
        var timer = 0
        var nonce: UInt64 = 1
    }

    private struct Request {
        let phone: Int
        let exchange: Int
        let nonce: UInt64
        /// How long the hub keeps it for want of news.
        let hold: Int64
        let deadline: Int64
        var arrived: Int64 = 0
        /// It is in its depot's queue to be looked at once more.
        var isRung = false
        var cost = OutageCost()
    }

    private struct Depot {
        let host: Int
        var queue: [Int] = []
        var held: [Int] = []
        var isBusy = false
    }

    private struct Host {
        var free: Int
        /// Depots that have a request and take none.
        var ready: [Int] = []
        var disk: [Int] = []
        var isDiskBusy = false
    }

    private enum Due {
        case phone(Int, SyncEvent)
        case timer(Int, Int)
        case arrival(Int)
        case processed(Int)
        case written(Int)
        case released(Int)
    }

    private struct Entry: Comparable {
        let at: Int64
        let order: Int
        let due: Due

        static func == (left: Entry, right: Entry) -> Bool { left.order == right.order }
        static func < (left: Entry, right: Entry) -> Bool {
            (left.at, left.order) < (right.at, right.order)
        }
    }

    private let settings: OutageMachines
    private let ringCost: OutageCost
    private var phones: [Phone] = []
    private var depots: [Depot] = []
    private var hosts: [Host]
    private var requests: [Request] = []
    private var agenda = Heap<Entry>()
    private var now: Int64 = 0
    private var order = 0
    private var seconds: [Int64: Int] = [:]
    private var unreceived = 0
    private var load = OutageLoad()

    /// What the machines have to bear when all come back at one moment.
    package static func comesBack(_ plays: [OutagePlay], on settings: OutageMachines) -> OutageLoad
    {
        var city = OutageCity(plays, settings)
        return city.run()
    }

    private init(_ plays: [OutagePlay], _ settings: OutageMachines) {
        self.settings = settings
        hosts = Array(repeating: Host(free: settings.cores), count: settings.machines)
        let rings = plays.reduce(0) { $0 + $1.rings }
        var cost = plays.reduce(OutageCost()) { $0 + $1.ringCost }
        cost.nanoseconds /= Int64(max(rings, 1))
        ringCost = OutageCost(nanoseconds: cost.nanoseconds)
        for (number, play) in plays.enumerated() {
            depots.append(Depot(host: number % settings.machines))
            for phone in play.phones {
                phones.append(
                    Phone(
                        machine: phone.machine, depot: number, returned: phone.returned,
                        exchanges: phone.exchanges))
                if phone.exchanges.contains(where: { $0.absorbed?.isLastReceipt == true }) {
                    unreceived += 1
                }
                for (delay, event) in phone.events {
                    tell(phones.count - 1, event, in: delay * 1_000_000)
                }
            }
        }
    }

    private mutating func run() -> OutageLoad {
        var end = settings.horizon
        while let entry = agenda.popMin(), entry.at <= end {
            now = entry.at
            switch entry.due {
            case .phone(let phone, let event): handle(event, phone)
            case .timer(let phone, let timer):
                if phones[phone].timer == timer { handle(.woke, phone) }
            case .arrival(let request): arrive(request)
            case .processed(let request): processed(request)
            case .written(let request):
                hosts[host(of: request)].isDiskBusy = false
                finish(request)
                writeNext(host(of: request))
            case .released(let request):
                depots[depot(of: request)].held.removeAll { $0 == request }
                respond(request)
            }
            // What follows the last receipt is still looked at.
            if unreceived == 0, load.drained == nil {
                load.drained = Double(now) / 1e9
                end = min(end, now + 10_000_000_000)
            }
        }
        load.waits.sort()
        load.peak = seconds.values.max() ?? 0
        return load
    }

    private mutating func schedule(_ due: Due, in nanoseconds: Int64) {
        order += 1
        agenda.insert(Entry(at: now + nanoseconds, order: order, due: due))
    }

    private mutating func tell(_ phone: Int, _ event: SyncEvent, in nanoseconds: Int64 = 0) {
        guard case .woke = event else { return schedule(.phone(phone, event), in: nanoseconds) }
        phones[phone].timer += 1
        schedule(.timer(phone, phones[phone].timer), in: nanoseconds)
    }

    // MARK: Phones

    private func exchange(of phone: Int) -> Int {
        min(phones[phone].step, phones[phone].exchanges.count - 1)
    }

    private mutating func handle(_ event: SyncEvent, _ phone: Int) {
        guard !phones[phone].exchanges.isEmpty else { return }
        let moment = phones[phone].returned + now / 1_000_000
        for effect in phones[phone].machine.handle(event, now: moment) {
            switch effect {
            case .prepare:
                phones[phone].nonce += 1
                let next = phones[phone].exchanges[exchange(of: phone)]
                let request = Prepared(
                    body: Data(), nonce: phones[phone].nonce, changesets: next.changesets)
                tell(phone, .prepared(request))
            case .exchange(_, let nonce, let wait): send(phone, nonce, wait)
            case .absorb: tell(phone, .absorbed(absorb(phone)))
            case .wake(let milliseconds): tell(phone, .woke, in: milliseconds * 1_000_000)
            case .abandonExchange, .saveRetry, .needToken, .publish: break
            }
        }
    }

    private mutating func absorb(_ phone: Int) -> Absorbed {
        let exchange = phones[phone].exchanges[exchange(of: phone)]
        guard let absorbed = exchange.absorbed else { return Absorbed(entities: 0, pending: 0) }
        phones[phone].step += 1
        if absorbed.isLastReceipt, !phones[phone].isReceived {
            phones[phone].isReceived = true
            unreceived -= 1
            load.received.append(Double(now) / 1e9)
        }
        return absorbed
    }

    private mutating func send(_ phone: Int, _ nonce: UInt64, _ waitSeconds: Int) {
        let number = exchange(of: phone)
        let sent = phones[phone].exchanges[number].sent
        load.began.append(now / 1_000_000)
        load.bytes += sent
        if number == phones[phone].sent { load.repeats += 1 }
        phones[phone].sent = number
        let way = settings.way(sent)
        let hold = Int64(waitSeconds) * 1_000_000_000
        let most = way + settings.patience + hold
        requests.append(
            Request(
                phone: phone, exchange: number, nonce: nonce, hold: hold,
                deadline: now + most))
        schedule(.arrival(requests.count - 1), in: way)
        tell(phone, .failed(.timedOut, nonce: nonce), in: most)
    }

    // MARK: Machines

    private func depot(of request: Int) -> Int { phones[requests[request].phone].depot }
    private func host(of request: Int) -> Int { depots[depot(of: request)].host }

    private mutating func arrive(_ request: Int) {
        requests[request].arrived = now
        seconds[now / 1_000_000_000, default: 0] += 1
        queue(request)
    }

    private mutating func queue(_ request: Int) {
        let depot = depot(of: request)
        depots[depot].queue.append(request)
        if !depots[depot].isBusy, depots[depot].queue.count == 1 {
            hosts[depots[depot].host].ready.append(depot)
        }
        processNext(depots[depot].host)
    }

    private mutating func processNext(_ host: Int) {
        while hosts[host].free > 0, !hosts[host].ready.isEmpty {
            let depot = hosts[host].ready.removeFirst()
            let request = depots[depot].queue.removeFirst()
            depots[depot].isBusy = true
            hosts[host].free -= 1
            let cost = cost(of: request)
            requests[request].cost = cost
            var time = cost.nanoseconds + settings.ringNanoseconds
            if !requests[request].isRung {
                time = cost.nanoseconds + settings.requestNanoseconds
                if cost.syncs > 0 { time += settings.writeNanoseconds }
            }
            load.processor += Double(time) / 1e9
            schedule(.processed(request), in: time)
        }
    }

    private func cost(of request: Int) -> OutageCost {
        if requests[request].isRung { return ringCost }
        let phone = phones[requests[request].phone]
        let exchange = phone.exchanges[requests[request].exchange]
        return requests[request].exchange < phone.taken ? exchange.again : exchange.cost
    }

    private mutating func processed(_ request: Int) {
        let host = host(of: request)
        hosts[host].free += 1
        let time = settings.diskTime(requests[request].cost)
        if time > 0 {
            hosts[host].disk.append(request)
            writeNext(host)
        } else {
            finish(request)
        }
        processNext(host)
    }

    private mutating func writeNext(_ host: Int) {
        guard !hosts[host].isDiskBusy, !hosts[host].disk.isEmpty else { return }
        let request = hosts[host].disk.removeFirst()
        hosts[host].isDiskBusy = true
        let cost = requests[request].cost
        load.disk += Double(settings.diskTime(cost)) / 1e9
        load.written += cost.written
        load.syncs += cost.syncs
        schedule(.written(request), in: settings.diskTime(cost))
    }

    private mutating func finish(_ number: Int) {
        let depot = depot(of: number)
        depots[depot].isBusy = false
        if !depots[depot].queue.isEmpty { hosts[depots[depot].host].ready.append(depot) }
        answer(number, depot)
        processNext(depots[depot].host)
    }

    private mutating func answer(_ number: Int, _ depot: Int) {
        let request = requests[number]
        if request.isRung {
            requests[number].isRung = false
            load.rings += 1
            return
        }
        let exchange = phones[request.phone].exchanges[request.exchange]
        let isNew = request.exchange >= phones[request.phone].taken
        phones[request.phone].taken = max(phones[request.phone].taken, request.exchange + 1)
        // The log grew: whoever waits is looked at.
        if isNew, exchange.changesets > 0 {
            for held in depots[depot].held where !requests[held].isRung {
                requests[held].isRung = true
                queue(held)
            }
        }
        if request.hold > 0 {
            depots[depot].held.append(number)
            return schedule(.released(number), in: request.hold)
        }
        load.waits.append(Double(now - request.arrived) / 1e9)
        respond(number)
    }

    private mutating func respond(_ number: Int) {
        let request = requests[number]
        let exchange = phones[request.phone].exchanges[request.exchange]
        load.bytes += exchange.received
        let way = settings.way(exchange.received)
        if now + way > request.deadline { load.late += 1 }
        tell(request.phone, .answered(Data(), nonce: request.nonce), in: way)
    }
}
