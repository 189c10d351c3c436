import LocalAuthentication
import SwiftUI

/// Fetches a request, shows it, and sends what the customer decides.
@MainActor
final class RequestModel: ObservableObject {
    @Published private(set) var request: ShownRequest?
    @Published private(set) var words = ""
    /// How it goes on in a browser that waits.
    @Published private(set) var wayBack: BrowserLink?
    /// As the customer read it in the browser.
    @Published var number = ""
    @Published var ticked: Set<String> = []
    /// By the place of the detail.
    @Published var chosen: [Int: Set<String>] = [:]

    private let session: Session
    /// What is sent until it is answered; meanwhile nothing can be chosen otherwise.
    @Published private(set) var unanswered: Data?

    init(session: Session) { self.session = session }

    func fetch(_ id: String) async { show(await session.api.request(id)) }

    /// `.onContinueUserActivity(NSUserActivityTypeBrowsingWeb)` and the app's own scanner come here.
    func open(_ url: URL) async {
        guard let secret = AppLink.secret(url, issuer: session.issuer) else { return close("This is no code of your bank.") }
        show(await session.api.claim(secret))
    }

    private func show(_ answer: Answer<ShownRequest>) {
        switch answer {
        case .ok(let fetched) where !fetched.isUnderstood: close("Please update this app.")
        case .ok(let fetched):
            request = fetched
            ticked = Set(fetched.groups.flatMap(\.permissions)
                .filter { $0.required || !fetched.selectable }.map(\.scope))
            chosen = [:]
            unanswered = nil
            wayBack = nil
            number = ""
        case .refused(_, "link-used", _): close("This code was already used. Start once more at the company's website.")
        case .refused(_, "other-customer", _): close("That page belongs to another customer. Leave it alone.")
        case .refused: close("There is nothing to decide any more.")
        case .lost: words = "The bank can't be reached. Please try again."
        }
    }

    func approve() async {
        guard let request else { return }
        let details = request.details.enumerated().map { $1.granted((chosen[$0] ?? []).sorted()) }
        let scopes = request.groups.flatMap(\.permissions).map(\.scope).filter(ticked.contains)
        let approval = Approval(request: request, scopes: scopes, details: details)
        do {
            if unanswered == nil { unanswered = try await signed(approval) }
            if let unanswered { await send(request.id, unanswered) }
        } catch is KeyLost {
            words = "Your faces or fingers on this phone have changed. Please log in again."
            _ = await Device.shared.startAnew(session)
        } catch {
            words = "Nothing was approved."
        }
    }

    /// `reported` says that the customer did not begin this.
    func deny(reported: Bool = false) async {
        guard let request else { return }
        if case .lost = reported ? await session.api.report(request.id) : await session.api.deny(request.id) {
            words = "The bank can't be reached. Please try again."
        } else {
            close("Denied.")
        }
    }

    private func signed(_ approval: Approval) async throws -> Data {
        let typed = approval.request.link?.numberRequired == true ? number : nil
        guard approval.request.signatureRequired != "none" else { return approval.body(signature: nil, number: typed) }
        guard let key = await Device.shared.key, let challenge = approval.request.challenge else {
            throw LAError(.notInteractive)
        }
        let signer = Signer(
            deviceId: await Device.shared.id, key: try key.publicKey(), issuer: session.issuer, subject: session.subject)
        let title = approval.request.details.first?.rows.first?.value ?? approval.request.client.name
        let jws = try await key.sign(title) {
            approval.toSign(signer, challenge: challenge, now: Date(), methods: $0)
        }
        return approval.body(signature: jws, number: typed)
    }

    /// The very same body again where the answer was lost: the server answers it as the first time.
    private func send(_ id: String, _ body: Data) async {
        switch await session.api.approve(id, body) {
        case .ok(let link):
            close("Approved.")
            wayBack = link
        case .lost: words = "The bank can't be reached. Please try again."
        // what was shown is not so any more: the customer reads it again
        case .refused(_, "content-changed", _), .refused(_, "wrong-number", _): await fetch(id)
        case .refused(_, "expired", _), .refused(_, "already-decided", _): close("There is nothing to decide any more.")
        case .refused(_, let name, let flaw):
            unanswered = nil
            words = "That did not work (\(name ?? "?") \(flaw ?? ""))."
        }
    }

    private func close(_ said: String) {
        request = nil
        unanswered = nil
        words = said
    }
}

/// All that the request has is shown, and nothing else: the hash is made of the same fields.
struct RequestView: View {
    @StateObject var model: RequestModel

    var body: some View {
        List {
            if let request = model.request {
                Text(verbatim: request.client.name).font(.title)
                if let entity = request.client.legalEntity { Text(verbatim: "✓ \(entity)") }
                if let message = request.bindingMessage { Text(verbatim: message).font(.title2) }
                if let link = request.link { OriginView(link: link) }
                ForEach(Array(request.groups.enumerated()), id: \.offset) { _, group in
                    Section {
                        if let summary = group.summary { Text(verbatim: summary) }
                        ForEach(group.permissions, id: \.scope) { permission in
                            Toggle(isOn: tick(permission.scope)) {
                                Text(verbatim: permission.title)
                                if let detail = permission.detail { Text(verbatim: detail).font(.footnote) }
                            }
                            .disabled(permission.required || !request.selectable || model.unanswered != nil)
                        }
                    } header: {
                        Text(verbatim: group.title)
                    }
                }
                ForEach(Array(request.details.enumerated()), id: \.offset) { place, detail in
                    Section {
                        ForEach(Array(detail.rows.enumerated()), id: \.offset) { _, row in
                            LabeledContent {
                                Text(verbatim: row.value).font(row.emphasis == 1 ? .title2 : .body)
                            } label: {
                                Text(verbatim: row.label)
                            }
                        }
                        ForEach(detail.accounts?.choices ?? [], id: \.id) { account in
                            Toggle(isOn: choice(place, account.id, many: detail.accounts?.many == true)) {
                                Text(verbatim: [account.name, account.maskedNumber].compactMap { $0 }.joined(separator: " "))
                            }
                            .disabled(model.unanswered != nil)
                        }
                    }
                }
                if request.link?.numberRequired == true {
                    TextField("Which number does the page in your browser show?", text: $model.number)
                        .keyboardType(.numberPad)
                        .disabled(model.unanswered != nil)
                }
                Button("Approve") { Task { await model.approve() } }.disabled(!isComplete(request))
                Button("Deny", role: .cancel) { Task { await model.deny() } }
                if request.link != nil {
                    Button("This was not me", role: .cancel) { Task { await model.deny(reported: true) } }
                }
            }
            Text(verbatim: model.words)
            if let link = model.wayBack { WayBackView(link: link) }
        }
    }

    private func isComplete(_ request: ShownRequest) -> Bool {
        request.details.enumerated().allSatisfy { place, detail in
            detail.accounts?.required != true || model.chosen[place]?.isEmpty == false
        }
    }

    private func tick(_ scope: String) -> Binding<Bool> {
        Binding {
            model.ticked.contains(scope)
        } set: { on in
            if on { model.ticked.insert(scope) } else { model.ticked.remove(scope) }
        }
    }

    private func choice(_ place: Int, _ id: String, many: Bool) -> Binding<Bool> {
        Binding {
            model.chosen[place]?.contains(id) == true
        } set: { on in
            let before = many ? model.chosen[place] ?? [] : []
            model.chosen[place] = on ? before.union([id]) : before.subtracting([id])
        }
    }
}
