import LuckyCausality
import LuckyModel
import TestSupport
import Testing

@Suite struct EntityStateTests {
    @Test func aWriteDropsExactlyWhatItSaw() {
        var state = EntityState(id: .stop)
        state.write(Dot(.a, 1), .address("a"))
        state.write(Dot(.b, 1), .address("b"))
        #expect(state.dots(.address) == [Dot(.a, 1), Dot(.b, 1)])
        state.write(Dot(.c, 1), seen: [.a: 1], .address("c"))
        #expect(state.dots(.address) == [Dot(.b, 1), Dot(.c, 1)])
        state.write(Dot(.a, 2), seen: state.vector, .address("d"))
        #expect(state.dots(.address) == [Dot(.a, 2)])
        #expect(state.vector == [.a: 2, .b: 1, .c: 1])
    }

    @Test func aBlindWriteDropsNothing() {
        var state = EntityState(id: .stop)
        state.write(Dot(.a, 1), .address("a"))
        state.write(Dot(.a, 2), .address("b"))
        #expect(state.dots(.address) == [Dot(.a, 1), Dot(.a, 2)])
    }

    @Test func aMergedDotChangesNothing() {
        var state = EntityState(id: .stop)
        state.write(Dot(.a, 1), .address("a"), .note("x"))
        let before = state
        state.write(Dot(.a, 1), .address("other"), .note("y"))
        #expect(state == before)
    }

    @Test func otherFieldsStay() {
        var state = EntityState(id: .stop)
        state.write(Dot(.a, 1), .address("a"), .cancel)
        state.write(Dot(.b, 1), seen: [.a: 1], .address("b"))
        #expect(state.dots(.cancelled) == [Dot(.a, 1)])
        #expect(state.shown(.address) == .text("b"))
        #expect(state.shown(.phone) == .none)
    }

    @Test func theContextNeverMovesTheVector() {
        var state = EntityState(id: .stop)
        state.write(Dot(.a, 1), seen: [.h: 7, .b: 2], .note("x"))
        #expect(state.vector == [.a: 1])
    }

    /// Counterexample 7 (a): the hub lost H:1 on field g; A:1 on field f had seen it.
    @Test func cover_aContextOfOneFieldDoesNotEatAnother() {
        var hub = EntityState(id: .stop)
        hub.write(Dot(.a, 1), seen: [.h: 1], .address("a"))
        #expect(hub.fields[.address]?.cover == [.h: 1])
        hub.write(Dot(.h, 1), .plan(.phone, .text("g")))
        #expect(hub.shown(.phone) == .text("g"))
        #expect(hub.vector == [.a: 1, .h: 1])
        #expect(hub.fields[.address]?.cover == [:])
    }

    /// Counterexample 7 (b): B:1 overwrote H:1, which the hub lost; H:1 comes back later.
    @Test func cover_whatWasOverwrittenDoesNotComeBack() {
        var hub = EntityState(id: .stop)
        hub.write(Dot(.b, 1), seen: [.h: 1], .address("b"))
        #expect(hub.fields[.address]?.cover == [.h: 1])
        hub.write(Dot(.h, 1), .address("h"))
        #expect(hub.dots(.address) == [Dot(.b, 1)])
        #expect(hub.vector == [.b: 1, .h: 1])
        #expect(hub.fields[.address]?.cover == [:])
    }

    /// The same, where H:1 comes back inside a state.
    @Test func cover_alsoWhenMerging() {
        var hub = EntityState(id: .stop)
        hub.write(Dot(.b, 1), seen: [.h: 1], .address("b"))
        var phone = EntityState(id: .stop)
        phone.write(Dot(.h, 1), .address("h"))
        let merged = hub.merging(phone)
        #expect(merged.dots(.address) == [Dot(.b, 1)])
        #expect(merged.fields[.address]?.cover == [:])
        #expect(merged == phone.merging(hub))
    }

    @Test func cover_isTrimmedOnlyUpToTheVector() {
        var hub = EntityState(id: .stop)
        hub.write(Dot(.b, 1), seen: [.h: 3], .address("b"))
        hub.write(Dot(.h, 1), .address("h1"))
        #expect(hub.fields[.address]?.cover == [.h: 3])
        hub.write(Dot(.h, 2), .note("n"))
        hub.write(Dot(.h, 3), .address("h3"))
        #expect(hub.dots(.address) == [Dot(.b, 1)])
        hub.write(Dot(.h, 4), .address("h4"))
        #expect(hub.dots(.address) == [Dot(.b, 1), Dot(.h, 4)])
        #expect(hub.fields[.address]?.cover == [:])
    }

    /// Counterexample 11: four concurrent writes, then one that saw three of them. A cap in the merge
    /// would leave {d} on one replica and {a, d} on another.
    @Test func mergingHasNoCap() {
        let many = (1...40).map { Dot(ReplicaID(install: UInt64($0) << 8, epoch: 1), 1) }
        var left = EntityState(id: .stop)
        var right = EntityState(id: .stop)
        for dot in many { left.write(dot, .address("\(dot)")) }
        for dot in many.reversed() { right.write(dot, .address("\(dot)")) }
        #expect(left == right)
        #expect(left.dots(.address).count == 40)
        var seen = VersionVector()
        for dot in many.dropFirst() { seen.add(dot) }
        left.write(Dot(.c, 1), seen: seen, .address("last"))
        #expect(left.dots(.address) == [Dot(.c, 1), many[0]].sorted())
        #expect(right.merging(left) == left)
    }

    @Test func aDeltaSaysNothingOfFieldsItDoesNotCarry() {
        var old = EntityState(id: .stop)
        old.write(Dot(.h, 1), .address("a"), .plan(.phone, .text("1")))
        var new = old
        new.write(Dot(.h, 2), seen: [.h: 1], .address("b"))
        let touched = new.fields.filter { $0.key == .address }
        let delta = EntityState(id: .stop, vector: new.vector, fields: touched)
        #expect(old.merging(delta) == new)
    }

    /// A re-issued fact comes under two dots; which one is kept must not depend on the order.
    @Test func oneFactUnderTwoDots() {
        let name = ChangeID(high: 1, low: 1)
        var left = EntityState(id: .stop)
        left.write(Dot(.a, 1), change: name, .note("x"))
        left.write(Dot(.b, 1), change: name, .note("x"))
        var right = EntityState(id: .stop)
        right.write(Dot(.b, 1), change: name, .note("x"))
        right.write(Dot(.a, 1), change: name, .note("x"))
        #expect(left == right)
        #expect(left.facts.count == 1)
        #expect(left.merging(right) == left && right.merging(left) == left)
    }

    /// The same change with two stamps (received before and after a restore).
    @Test func oneChangeWithTwoStamps() {
        func state(received: Int64?) -> EntityState {
            var state = EntityState(id: .stop)
            state.write(
                Dot(.a, 1), as: .by("amy", hlc: 1, received: received), .address("a"), .note("n"))
            return state
        }
        let states = [state(received: nil), state(received: 9), state(received: 5)]
        let first = states[0].merging(states[1]).merging(states[2])
        let second = states[2].merging(states[1]).merging(states[0])
        #expect(first == second)
        #expect(first.fields[.address]?.siblings.first?.stamp.receivedAt == 5)
    }

    @Test func factsReadAsAStory() {
        var state = EntityState(id: .stop)
        state.write(Dot(.b, 1), as: .by("b", hlc: 20, received: 90), .note("second"))
        state.write(Dot(.a, 1), as: .by("a", hlc: 10, received: 95), .note("first"))
        state.write(Dot(.c, 1), as: .by("c", hlc: 30, received: nil), .note("third"))
        #expect(state.stop.notes == ["first", "second", "third"])
    }
}

/// L9, counterexample 12 (a).
@Suite struct HiddenTests {
    @Test func hiddenWhereTheDeleteSawEveryDoorstepFact() {
        var state = EntityState(id: .stop)
        state.write(Dot(.a, 1), .handover)
        state.write(Dot(.h, 1), seen: [.a: 1], .delete)
        #expect(state.isHidden)
        // Looks and reviews do not count.
        state.write(Dot(.a, 2), seen: [.a: 1], .fact(.looked(Look(changes: []))))
        #expect(state.isHidden)
        state.write(Dot(.h, 2), .fact(.unknown(kind: 60)))
        #expect(state.isHidden)
        state.write(Dot(.a, 3), .note("late"))
        #expect(!state.isHidden)
    }

    @Test func aDeliveryThatTheDeleteHadNotSeenShows() {
        var delivered = EntityState(id: .stop)
        delivered.write(Dot(.a, 1), .handover)
        var deleted = EntityState(id: .stop)
        deleted.write(Dot(.h, 1), .delete)
        #expect(deleted.isHidden)
        #expect(!deleted.merging(delivered).isHidden)
        #expect(!delivered.merging(deleted).isHidden)
        // A doorstep kind of a newer phone counts, too.
        deleted.write(Dot(.b, 1), .fact(.unknown(kind: 47)))
        #expect(!deleted.isHidden)
    }

    @Test func theShownSiblingDecides() {
        var state = EntityState(id: .stop)
        state.write(Dot(.h, 1), as: .by("x", .office, hlc: 1, received: 1), .delete)
        state.write(
            Dot(.a, 1), as: .by("y", .office, hlc: 2, received: 2), .plan(.deleted, .flag(false)))
        #expect(!state.isHidden)
        state.write(
            Dot(.h, 2), seen: state.vector, as: .by("x", .office, hlc: 3, received: 3), .delete)
        #expect(state.isHidden)
    }
}
