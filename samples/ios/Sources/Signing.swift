import CryptoKit
import Foundation

/// Who signs.
struct Signer {
    /// The id under which the device is registered, in lower case.
    let deviceId: String
    let key: P256.Signing.PublicKey
    /// The realm's: the `iss` of the app's access token.
    let issuer: String
    /// The customer's id: the `sub` of the app's access token.
    let subject: String
}

extension P256.Signing.PublicKey {
    /// To send with `PUT /devices/{id}`.
    var jwk: JSON {
        .object([
            "crv": .string("P-256"),
            "kty": .string("EC"),
            "x": .string(base64url(rawRepresentation.prefix(32))),
            "y": .string(base64url(rawRepresentation.suffix(32))),
        ])
    }

    /// Its thumbprint (RFC 7638): the `kid` of all that it signs.
    var kid: String { sha256(jwk.canonical) }
}

/// The first two parts of a JWS in compact form (RFC 7515).
struct ToSign {
    private let content: String

    init(type: String, key: P256.Signing.PublicKey, claims: JSON) {
        let header = JSON.object(["alg": .string("ES256"), "typ": .string(type), "kid": .string(key.kid)])
        content = base64url(Data(header.canonical.utf8)) + "." + base64url(Data(claims.canonical.utf8))
    }

    /// CryptoKit's raw form is that of a JWS (RFC 7518, section 3.4): no DER.
    func jws(by key: SecureEnclave.P256.Signing.PrivateKey) throws -> String {
        try content + "." + base64url(key.signature(for: Data(content.utf8)).rawRepresentation)
    }
}

/// What the customer says yes to.
struct Approval {
    let request: ShownRequest
    /// The permissions that are ticked.
    let scopes: [String]
    /// The details, with the accounts that were chosen.
    let details: [JSON]

    /// `methods` is how the phone knows who is there, as in RFC 8176: `face`, `fpt`. Only of a request that is pending.
    func toSign(_ signer: Signer, challenge: String, now: Date, methods: [String]) -> ToSign {
        let seconds = Int64(now.timeIntervalSince1970)
        return ToSign(type: "consent-decision+jwt", key: signer.key, claims: .object([
            "iss": .string(signer.deviceId),
            "aud": .string(signer.issuer),
            "sub": .string(signer.subject),
            "iat": .number(seconds),
            "exp": .number(min(seconds + 120, request.lastSecond)),
            "req": .string(request.id),
            "dec": .string("approve"),
            "grt": .object([
                "scopes": .array(scopes.map(JSON.string)),
                "details_hash": .string(sha256(JSON.array(details).canonical)),
            ]),
            "dsp": .string(request.hashOfContent),
            "chl": .string(challenge),
            "amr": .array(methods.map(JSON.string)),
        ]))
    }

    /// The body of `PUT /requests/{id}/decision`. Keep it until the answer is there: where the answer is lost, this very
    /// body is sent again.
    /// `number` is as the customer read it in the browser, where one is asked for.
    func body(signature: String?, number: String? = nil) -> Data {
        var body: [String: JSON] = [
            "decision": .string("approve"),
            "grantedScopes": .array(scopes.map(JSON.string)),
            "grantedDetails": .array(details),
        ]
        if let signature { body["signature"] = .string(signature) }
        if let number { body["number"] = .string(number) }
        return Data(JSON.object(body).canonical.utf8)
    }
}

extension ShownRequest {
    /// Of the request's life, rounded down: a signature may end before.
    var lastSecond: Int64 {
        let whole = expiresAt.replacingOccurrences(of: #"\.[0-9]+"#, with: "", options: .regularExpression)
        return ISO8601DateFormatter().date(from: whole).map { Int64($0.timeIntervalSince1970) } ?? 0
    }
}

/// A call about a device that is to be proved by its key.
struct DeviceCall {
    let method: String
    let uri: String
    let accessToken: String
    let body: Data

    /// `challenge` is the server's, for a key that is new to the device.
    func toSign(_ key: P256.Signing.PublicKey, now: Date, challenge: String?) -> ToSign {
        var claims: [String: JSON] = [
            "htm": .string(method),
            "htu": .string(uri),
            "iat": .number(Int64(now.timeIntervalSince1970)),
            "ath": .string(sha256(accessToken)),
            "body_sha256": .string(base64url(Data(SHA256.hash(data: body)))),
        ]
        if let challenge { claims["nonce"] = .string(challenge) }
        return ToSign(type: "device-proof+jwt", key: key, claims: .object(claims))
    }
}
