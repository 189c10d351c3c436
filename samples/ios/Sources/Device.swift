import Foundation
import Security
import UIKit

/// The customer's login, by an OpenID Connect library of your choice (authorization code with PKCE, in the phone's
/// browser), with the scope `consent-app`.
protocol Session {
    /// The `iss` of the access token, which is the address of the realm: `https://login.bank.example/realms/bank`.
    var issuer: String { get }
    /// The `sub` of the access token.
    var subject: String { get }
    /// The `sid` of the access token: it names the login.
    var id: String { get }
    func accessToken() async throws -> String
}

extension Session {
    var api: ConsentAPI {
        ConsentAPI(base: issuer + "/consent/v1", accessToken: accessToken) { Locale.preferredLanguages.first ?? "en" }
    }
}

/// This installation of the app: its id, its key and its push token.
actor Device {
    static let shared = Device()

    var id: String {
        if let known = Keychain.read("id") { return String(decoding: known, as: UTF8.self) }
        let fresh = UUID().uuidString.lowercased()
        Keychain.write("id", Data(fresh.utf8))
        return fresh
    }

    /// `nil` until the server has it.
    var key: EnclaveKey? { Keychain.read("key").map { EnclaveKey(handle: $0) } }

    /// Makes the server know this device: by its key, or by a new one, which then signs the server's challenge as well.
    /// Once in each login, and when there is another push token. `pushToken` is the one of Firebase, not that of APNs.
    func register(_ session: Session, pushToken: String) async throws -> Answer<Void> {
        let state = Data("\(session.id) \(pushToken)".utf8)
        if key != nil, Keychain.read("registered") == state { return .ok(()) }
        let api = session.api
        var challenge: String?
        if key == nil {
            switch await api.keyChallenge(id) {
            case .ok(let given): challenge = given
            case .refused(let status, let name, let flaw): return .refused(status: status, name: name, flaw: flaw)
            case .lost(let error): return .lost(error)
            }
        }
        let signing = try key ?? EnclaveKey.create()
        let publicKey = try signing.publicKey()
        var body: [String: JSON] = [
            "platform": .string("fcm"),
            "pushToken": .string(pushToken),
            "label": .string(await UIDevice.current.model),
            "locale": .string(api.language()),
        ]
        if challenge != nil {
            body["key"] = publicKey.jwk
            body["attestation"] = .object(["format": .string("none")])
        }
        let call = try await api.deviceCall(id, Data(JSON.object(body).canonical.utf8))
        let nonce = challenge
        let proof = try await signing.sign("Protect this phone") { _ in
            call.toSign(publicKey, now: Date(), challenge: nonce)
        }
        let answer = await api.register(call, proof: proof)
        if case .ok = answer {
            Keychain.write("key", signing.handle)
            Keychain.write("registered", state)
        }
        return answer
    }

    /// After the key was lost, as by another face: nothing can sign for the device any more, so it is removed, and this
    /// installation becomes a new one. The customer logs in again before that.
    func startAnew(_ session: Session) async -> Answer<Void> {
        let answer = await session.api.remove(id)
        if case .ok = answer { ["id", "key", "registered"].forEach(Keychain.delete) }
        return answer
    }
}

/// What stays on this phone, also when it is backed up.
enum Keychain {
    private static func query(_ name: String) -> [CFString: Any] {
        [kSecClass: kSecClassGenericPassword, kSecAttrService: "io.assent.sample", kSecAttrAccount: name]
    }

    static func read(_ name: String) -> Data? {
        var found: CFTypeRef?
        let wanted = query(name).merging([kSecReturnData: true]) { $1 }
        return SecItemCopyMatching(wanted as CFDictionary, &found) == errSecSuccess ? found as? Data : nil
    }

    static func write(_ name: String, _ value: Data) {
        delete(name)
        let item = query(name).merging([
            kSecValueData: value, kSecAttrAccessible: kSecAttrAccessibleWhenUnlockedThisDeviceOnly,
        ]) { $1 }
        SecItemAdd(item as CFDictionary, nil)
    }

    static func delete(_ name: String) { SecItemDelete(query(name) as CFDictionary) }
}
