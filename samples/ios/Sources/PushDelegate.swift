import FirebaseCore
import FirebaseMessaging
import UIKit
import UserNotifications

/// Pushes by APNs through Firebase. A push says that there is something to fetch, and nothing else: nothing of it is shown
/// as the bank's word, and nothing is decided by it.
final class PushDelegate: NSObject, UIApplicationDelegate, UNUserNotificationCenterDelegate, MessagingDelegate {
    /// Set by the app after the login; then it registers the device, too.
    var session: Session?
    /// Shows a request.
    var open: (String) -> Void = { _ in }

    func application(
        _ application: UIApplication, didFinishLaunchingWithOptions options: [UIApplication.LaunchOptionsKey: Any]?
    ) -> Bool {
        FirebaseApp.configure()
        Messaging.messaging().delegate = self
        UNUserNotificationCenter.current().delegate = self
        UNUserNotificationCenter.current().requestAuthorization(options: [.alert, .sound]) { _, _ in }
        application.registerForRemoteNotifications()
        return true
    }

    func application(_ application: UIApplication, didRegisterForRemoteNotificationsWithDeviceToken token: Data) {
        Messaging.messaging().apnsToken = token
    }

    /// Once in each login, and when there is another push token: it takes the user.
    func messaging(_ messaging: Messaging, didReceiveRegistrationToken token: String?) {
        guard let session, let token else { return }
        Task { try await Device.shared.register(session, pushToken: token) }
    }

    func userNotificationCenter(
        _ center: UNUserNotificationCenter, willPresent notification: UNNotification
    ) async -> UNNotificationPresentationOptions {
        await prove(notification.request.content.userInfo)
        return [.banner, .sound]
    }

    func userNotificationCenter(_ center: UNUserNotificationCenter, didReceive response: UNNotificationResponse) async {
        let data = response.notification.request.content.userInfo
        if data["type"] as? String == "consent-requested", let id = data["requestId"] as? String,
            UUID(uuidString: id) != nil
        {
            await MainActor.run { open(id) }
        }
        await prove(data)
    }

    /// The push token was another device's before: this one shows that it has it now.
    private func prove(_ data: [AnyHashable: Any]) async {
        let own = await Device.shared.id
        guard data["type"] as? String == "device-proof", let nonce = data["nonce"] as? String, let session,
            data["deviceId"] as? String == own
        else { return }
        _ = await session.api.provePushToken(own, nonce: nonce)
    }
}
