import Foundation
import LuckyModel
import LuckyWire
import Testing

@testable import LuckyStore

/// A purge takes photos along, but no proof of what the hub has not received (L9, L24).
struct PurgedPhotoTests {
    @Test("Photos of a purged stop are deleted once the facts that name them are received")
    func purged() throws {
        let phone = try Phone.withRoute()
        var photos: [Photo] = []
        for number: UInt8 in 1...3 {
            let photo = try phone.store.savePhoto(Data([number, 7, 7]))
            photos.append(photo)
            try phone.tap(Phone.stop(UInt64(number))) { _ in [.photoTaken(photo)] }
        }
        // One picture of two stops, one of which stays.
        try phone.tap(Phone.stop(1)) { [photos] _ in [.photoTaken(photos[2])] }
        func here() -> [Bool] { photos.map { phone.store.photo($0.sha256) != nil } }

        try phone.push()
        #expect(try phone.store.removePurgedPhotos() == 0)
        // Something of the second one is on its way still: its picture stays, for good.
        try phone.tap(Phone.stop(2)) { _ in [.noteAdded(Note("n"))] }
        var page = try phone.nextPage()
        page.parts = [1, 2].map { EntityPart(entity: Phone.stop($0), membership: .purged) }
        _ = try phone.store.apply(page: page, hubTime: 0)
        #expect(try phone.store.removePurgedPhotos() == 1)
        #expect(here() == [false, true, true])

        try phone.push()
        #expect(try phone.store.removePurgedPhotos() == 0)
        #expect(here() == [false, true, true])
        #expect(try phone.store.verifyRows() == [])
    }

    @Test(
        "An own new stop: in no digest before a page told of it, and taken away, it keeps its photo"
    )
    func takenAway() throws {
        let phone = try Phone.withRoute()
        let before = try phone.store.scopeDigest().digest
        let photo = try phone.store.savePhoto(Data([9, 9]))
        let stop = Phone.stop(77)
        try phone.tap(stop, isNew: true) { _ in
            [.stopAdded(AddedStop(code: "X1")), .photoTaken(photo)]
        }
        #expect(try phone.store.scopeDigest().digest == before)
        try phone.push()
        var page = try phone.nextPage()
        page.parts = [EntityPart(entity: stop, membership: .leaves)]
        _ = try phone.store.apply(page: page, hubTime: 0)
        #expect(try phone.store.removePurgedPhotos() == 0)
        #expect(phone.store.photo(photo.sha256) != nil)

        // Nor does a purged stop that names the same picture take it along.
        try phone.tap(Phone.stop(1)) { _ in [.photoTaken(photo)] }
        try phone.push()
        page = try phone.nextPage()
        page.parts = [EntityPart(entity: Phone.stop(1), membership: .purged)]
        _ = try phone.store.apply(page: page, hubTime: 0)
        #expect(try phone.store.removePurgedPhotos() == 0)
        #expect(phone.store.photo(photo.sha256) != nil)
    }
}
