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

        #expect(try phone.store.removePurgedPhotos() == 0)
        var page = try phone.nextPage()
        page.parts = [1, 2].map { EntityPart(entity: Phone.stop($0), membership: .purged) }
        _ = try phone.store.apply(page: page, hubTime: 0)
        #expect(try phone.store.removePurgedPhotos() == 0)
        #expect(here() == [true, true, true])

        try phone.push()
        #expect(try phone.store.removePurgedPhotos() == 2)
        #expect(here() == [false, false, true])
        #expect(try phone.store.removePurgedPhotos() == 0)
        #expect(try phone.store.verifyRows() == [])
    }
}
