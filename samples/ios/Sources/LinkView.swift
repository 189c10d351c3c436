import SwiftUI
import UIKit

/// The link that a page of the bank shows as a QR code, and that opens the app on the same phone.
enum AppLink {
    /// The secret of a link of this very bank and realm; `nil` for anything else, of which an app opens nothing.
    static func secret(_ url: URL, issuer: String) -> String? {
        let text = url.absoluteString
        let links = "\(issuer)/consent/v1/links/"
        guard text.hasPrefix(links) else { return nil }
        let secret = String(text.dropFirst(links.count))
        return secret.range(of: #"^[A-Za-z0-9_-]{22}$"#, options: .regularExpression) == nil ? nil : secret
    }
}

/// Where a login began that waits in a browser; and after a yes, how it goes on there.
struct BrowserLink: Decodable {
    let domain: String
    let browser: String
    let system: String
    let place: String?
    let sameNetwork: Bool?
    /// Whether a yes takes the number of two digits that the page shows, and that the customer types.
    let numberRequired: Bool
    /// Six digits to type into the browser; for the customer's eyes alone.
    let code: String?
    /// What the app opens in this phone's browser, if it was opened by a link there.
    let returnUri: String?
}

/// Above the question.
struct OriginView: View {
    let link: BrowserLink

    var body: some View {
        Section {
            Text(verbatim: link.domain).font(.title2)
            Text(verbatim: [link.browser, link.system, link.place].compactMap { $0 }.joined(separator: ", "))
            if let same = link.sameNetwork {
                Text(same ? "In the network of this phone" : "In another network than this phone")
            }
            Text("If you did not start this yourself, deny it.").font(.headline)
        }
    }
}

/// After a yes.
struct WayBackView: View {
    let link: BrowserLink

    var body: some View {
        if let code = link.code {
            Text("Type this into the page in your browser:")
            Text(verbatim: "\(code.prefix(3)) \(code.suffix(3))").font(.largeTitle.monospacedDigit())
            Text("Tell it to nobody, not to your bank either.")
        }
        // by the customer's own tap: the page may be on another screen
        if let address = link.returnUri.flatMap(URL.init(string:)) {
            Button("Back to the browser") { UIApplication.shared.open(address) }
        }
    }
}
