import Foundation

/// What came of a call.
enum Answer<Value> {
    case ok(Value)
    /// `name` is the last part of the problem's `type` (RFC 9457), as `content-changed`; `flaw` comes with
    /// `invalid-signature`.
    case refused(status: Int, name: String?, flaw: String?)
    /// Nobody knows whether the server did it: send the very same again.
    case lost(Error)
}

/// The calls that a signed decision needs. `base` is `https://…/realms/{realm}/consent/v1`.
struct ConsentAPI {
    let base: String
    /// Of the customer, with the scope `consent-app`.
    let accessToken: () async throws -> String
    /// Of the app, as now: what is read and what is decided must be in the same one.
    let language: () -> String

    func keyChallenge(_ deviceId: String) async -> Answer<String> {
        struct Challenge: Decodable { let challenge: String }
        return await call("POST", "/devices/\(deviceId)/key-challenge") {
            try JSONDecoder().decode(Challenge.self, from: $0).challenge
        }
    }

    func request(_ id: String) async -> Answer<ShownRequest> {
        await call("GET", "/requests/\(id)") { try JSONDecoder().decode(ShownRequest.self, from: $0) }
    }

    /// `secret` is a link's, see `AppLink.secret`; the same call again is answered as the first time.
    func claim(_ secret: String) async -> Answer<ShownRequest> {
        await call("POST", "/links/\(secret)") { try JSONDecoder().decode(ShownRequest.self, from: $0) }
    }

    /// `body` is as `Approval` made it. Answers with how the login goes on in the browser, where one waits there.
    func approve(_ requestId: String, _ body: Data) async -> Answer<BrowserLink?> {
        struct Decided: Decodable { let link: BrowserLink? }
        return await call("PUT", "/requests/\(requestId)/decision", body) {
            try JSONDecoder().decode(Decided.self, from: $0).link
        }
    }

    /// Needs no signature, and no device with a key.
    func deny(_ requestId: String) async -> Answer<Void> {
        await call("PUT", "/requests/\(requestId)/decision", Data(#"{"decision":"deny"}"#.utf8)) { _ in }
    }

    /// The same for a customer who did not begin this.
    func report(_ requestId: String) async -> Answer<Void> {
        await call("PUT", "/requests/\(requestId)/decision", Data(#"{"decision":"deny","reported":true}"#.utf8)) { _ in }
    }

    /// Without a proof: a customer who lost a phone, or its key, removes it by any login.
    func remove(_ deviceId: String) async -> Answer<Void> {
        await call("DELETE", "/devices/\(deviceId)") { _ in }
    }

    func provePushToken(_ deviceId: String, nonce: String) async -> Answer<Void> {
        await call("PUT", "/devices/\(deviceId)/proof", Data(JSON.object(["nonce": .string(nonce)]).canonical.utf8)) { _ in }
    }

    /// What a proof has to name.
    func deviceCall(_ deviceId: String, _ body: Data) async throws -> DeviceCall {
        DeviceCall(method: "PUT", uri: "\(base)/devices/\(deviceId)", accessToken: try await accessToken(), body: body)
    }

    func register(_ call: DeviceCall, proof: String) async -> Answer<Void> {
        await send(call.method, call.uri, call.accessToken, call.body, proof) { _ in }
    }

    private func call<Value>(
        _ method: String, _ path: String, _ body: Data? = nil, read: (Data) throws -> Value
    ) async -> Answer<Value> {
        do {
            return await send(method, base + path, try await accessToken(), body, nil, read: read)
        } catch {
            return .lost(error)
        }
    }

    private func send<Value>(
        _ method: String, _ uri: String, _ token: String, _ body: Data?, _ proof: String?, read: (Data) throws -> Value
    ) async -> Answer<Value> {
        var request = URLRequest(url: URL(string: uri)!, cachePolicy: .reloadIgnoringLocalCacheData, timeoutInterval: 10)
        request.httpMethod = method
        request.httpBody = body
        request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization")
        request.setValue(language(), forHTTPHeaderField: "Accept-Language")
        if body != nil { request.setValue("application/json", forHTTPHeaderField: "Content-Type") }
        if let proof { request.setValue(proof, forHTTPHeaderField: "Device-Proof") }
        do {
            let (data, response) = try await URLSession.shared.data(for: request)
            let status = (response as! HTTPURLResponse).statusCode
            if (200...299).contains(status) { return .ok(try read(data)) }
            if status >= 500 { return .lost(URLError(.badServerResponse)) }
            struct Problem: Decodable { let type: String?; let flaw: String? }
            let problem = try? JSONDecoder().decode(Problem.self, from: data)
            let name = problem?.type?.split(separator: ":").last.map(String.init)
            return .refused(status: status, name: name, flaw: problem?.flaw)
        } catch {
            return .lost(error)
        }
    }
}
