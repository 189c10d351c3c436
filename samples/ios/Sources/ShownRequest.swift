import CryptoKit
import Foundation

/// A pending request as the screen shows it: the answer of `GET /requests/{id}`, read once. The screen shows these
/// fields and nothing else, and the hash is made of these fields and nothing else: so the customer signs what was seen.
/// Only `link` is no part of it: it says where the question came from, not what is granted.
struct ShownRequest: Decodable {
    let id: String
    let expiresAt: String
    let bindingMessage: String?
    let client: Client
    let selectable: Bool
    let groups: [Group]
    let details: [Detail]
    let language: String
    /// To be signed; `nil` once the request is answered.
    let challenge: String?
    /// `none`, `key` or `key+user-verification`; `nil` once the request is answered.
    let signatureRequired: String?
    /// What the server calls it, to be compared and never to be signed.
    let contentHash: String
    /// Where it began, for a login that waits in a browser.
    let link: BrowserLink?

    struct Client: Decodable {
        let clientId: String
        let name: String
        let legalEntity: String?
    }

    struct Group: Decodable {
        let title: String
        let summary: String?
        let permissions: [Permission]
    }

    struct Permission: Decodable {
        let scope: String
        let title: String
        let detail: String?
        let required: Bool
    }

    /// `detail` is signed as it came; `rows` is what is read of it.
    struct Detail: Decodable {
        let detail: JSON
        let rows: [Row]
        let accounts: Accounts?

        /// What is granted of it.
        func granted(_ accountIds: [String]) -> JSON {
            guard let accounts, !accountIds.isEmpty, case .object(var members) = detail else { return detail }
            let ids = accountIds.map { JSON.object(["id": .string($0)]) }
            members[accounts.field] = accounts.many ? .array(ids) : ids[0]
            return .object(members)
        }
    }

    struct Row: Decodable {
        let label: String
        let value: String
        let emphasis: Int64
    }

    /// Their names are not part of the hash: what is granted has their ids.
    struct Accounts: Decodable {
        let field: String
        let many: Bool
        let required: Bool
        let choices: [Account]?
    }

    struct Account: Decodable {
        let id: String
        let name: String?
        let maskedNumber: String?
    }

    /// The words, in canonical form: step 1.
    var words: String {
        JSON.object(["language": .string(language), "client": client.json, "groups": .array(groups.map(\.json))]).canonical
    }

    /// All that is shown, in canonical form: step 2.
    var content: String {
        let hex = SHA256.hash(data: Data(words.utf8)).map { String(format: "%02x", $0) }.joined()
        var all: [String: JSON] = ["text": .string(hex), "details": .array(details.map(\.json))]
        if let message = bindingMessage { all["bindingMessage"] = .string(message) }
        return JSON.object(all).canonical
    }

    /// The claim `dsp` of a signature.
    var hashOfContent: String { sha256(content) }

    /// Whether the server means what this app understands; else nothing of it may be shown.
    var isUnderstood: Bool { hashOfContent == contentHash }
}

extension ShownRequest.Client {
    var json: JSON {
        var json: [String: JSON] = ["clientId": .string(clientId), "name": .string(name)]
        if let legalEntity { json["legalEntity"] = .string(legalEntity) }
        return .object(json)
    }
}

extension ShownRequest.Group {
    var json: JSON {
        .object(["title": .string(title), "summary": JSON(summary), "permissions": .array(permissions.map(\.json))])
    }
}

extension ShownRequest.Permission {
    var json: JSON {
        .object(["scope": .string(scope), "title": .string(title), "detail": JSON(detail), "required": .bool(required)])
    }
}

extension ShownRequest.Detail {
    var json: JSON { .object(["detail": detail, "rows": .array(rows.map(\.json))]) }
}

extension ShownRequest.Row {
    var json: JSON { .object(["label": .string(label), "value": .string(value), "emphasis": .number(emphasis)]) }
}

extension JSON {
    /// A text that nobody wrote is `null`, and is part of the hash.
    init(_ text: String?) { self = text.map(JSON.string) ?? .null }
}

/// In base64url, without padding (RFC 7515, section 2).
func base64url(_ bytes: Data) -> String {
    bytes.base64EncodedString()
        .replacingOccurrences(of: "+", with: "-")
        .replacingOccurrences(of: "/", with: "_")
        .replacingOccurrences(of: "=", with: "")
}

func sha256(_ text: String) -> String { base64url(Data(SHA256.hash(data: Data(text.utf8)))) }
