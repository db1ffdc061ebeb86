import Formats
import Foundation
import Testing

@testable import Store

@Suite struct Ed25519Tests {
    /// RFC 8032, 7.1: seed, public key, message, signature.
    static let vectors = [
        (
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
            """
            e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155\
            5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b
            """
        ),
        (
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
            """
            92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da\
            085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00
            """
        ),
        (
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
            """
            6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac\
            18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a
            """
        ),
    ]

    @Test("Signatures are those of RFC 8032", arguments: vectors)
    func vector(seed: String, publicKey: String, message: String, signature: String) throws {
        let bytes = try #require(Hex.bytes(seed))
        let secret = SecretBytes(count: 32)
        for (place, byte) in bytes.enumerated() { secret[place] = byte }
        let message = try #require(Hex.bytes(message))
        guard let secretKey = SecretKey(seed: secret) else {
            Issue.record("no key of the seed")
            return
        }
        let (signed, key) = (secretKey.sign(message), secretKey.publicKey)
        #expect(Hex.text(key.bytes) == publicKey)
        #expect(Hex.text(signed) == signature)
        #expect(key.verifies(signed, over: message))
        #expect(!key.verifies(signed, over: message + [0]))
    }

    @Test("A signature's other form, its scalar grown by the group's order, is refused")
    func malleable() throws {
        let key = try #require(PublicKey(bytes: Hex.bytes(Self.vectors[1].1) ?? []))
        var signature = try #require(Hex.bytes(Self.vectors[1].3))
        let order: [UInt8] = [
            0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
            0, 0, 0, 0, 0x10,
        ]
        var carry = 0
        for place in order.indices {
            carry += Int(signature[32 + place]) + Int(order[place])
            signature[32 + place] = UInt8(carry & 0xff)
            carry >>= 8
        }
        #expect(carry == 0)
        #expect(!key.verifies(signature, over: [0x72]))
    }
}

@Suite struct SecretKeyFileTests {
    @Test("A secret key's file is its owner's alone, whole, and never in another's place")
    func made() throws {
        let folder = Folder()
        let path = folder.file("city.gpkg.key")
        let key = try SecretKeyFile.make(at: path)
        #expect(folder.names == ["city.gpkg.key"])
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
        #expect(try publicKey(path) == key)
        #expect(failure { _ = try SecretKeyFile.make(at: path) } == .exists(path: path))
        #expect(try publicKey(path) == key)
    }

    @Test("One that group or others may read is refused", arguments: [0o640, 0o604, 0o660, 0o620])
    func exposed(mode: Int) throws {
        let folder = Folder()
        let path = folder.file("key")
        _ = try SecretKeyFile.make(at: path)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        #expect(failure { _ = try publicKey(path) } == .exposed(path: path, mode: mode))
    }

    @Test("A key that takes another's place leaves it beside, under its id")
    func replaced() throws {
        let folder = Folder()
        let path = folder.file("key")
        let first = try SecretKeyFile.make(at: path)
        let (second, old) = try SecretKeyFile.replace(at: path)
        #expect(first != second)
        #expect(old == "\(path).\(first.id)")
        #expect(try publicKey(path) == second)
        #expect(try publicKey(old) == first)
        #expect(folder.names == ["key", "key.\(first.id)"])
    }

    @Test("A file with any byte of it changed is refused, or is another key's")
    func damaged() throws {
        let folder = Folder()
        let path = folder.file("key")
        _ = try SecretKeyFile.make(at: path)
        let whole = try Data(contentsOf: URL(filePath: path))
        for place in whole.indices {
            var bytes = whole
            bytes[place] ^= 1
            try bytes.write(to: URL(filePath: path))
            #expect(failure { _ = try publicKey(path) } != nil)
        }
        for length in [0, whole.count - 1] {
            try whole.prefix(length).write(to: URL(filePath: path))
            #expect(failure { _ = try publicKey(path) } != nil)
        }
    }

    private func publicKey(_ path: String) throws -> PublicKey { try SecretKeyFile.read(path).publicKey }
}
