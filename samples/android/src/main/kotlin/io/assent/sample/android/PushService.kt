package io.assent.sample.android

import android.app.Notification
import android.app.NotificationChannel
import android.app.NotificationManager
import android.app.PendingIntent
import android.content.Intent
import com.google.firebase.messaging.FirebaseMessagingService
import com.google.firebase.messaging.RemoteMessage

/**
 * Pushes while the app is open; while it is not, the system shows their notification itself. A push says that there is
 * something to fetch, and nothing else: nothing of it is shown as the bank's word, and nothing is decided by it.
 */
class PushService : FirebaseMessagingService() {

    /** Signing takes the user: so the token is registered when the app is opened next. */
    override fun onNewToken(token: String) {
        Device(this).pushToken = token
    }

    override fun onMessageReceived(message: RemoteMessage) {
        val data = message.data
        when (data["type"]) {
            "consent-requested" -> tell(message, data["requestId"] ?: return)
            "device-proof" -> prove(data["deviceId"], data["nonce"] ?: return)
            // others, as "devices-changed", are shown by their own words
            else -> tell(message, null)
        }
    }

    /** The push token was another device's before: this one shows that it has it now. */
    private fun prove(deviceId: String?, nonce: String) {
        if (deviceId == Device(this).id && nonce.matches(Regex("[A-Za-z0-9_-]{22}"))) {
            Session.current?.api()?.provePushToken(deviceId, nonce)
        }
    }

    private fun tell(message: RemoteMessage, requestId: String?) {
        val manager = getSystemService(NotificationManager::class.java)
        manager.createNotificationChannel(
            NotificationChannel(CHANNEL, applicationInfo.loadLabel(packageManager), NotificationManager.IMPORTANCE_HIGH),
        )
        val open = Intent(this, RequestActivity::class.java).putExtra(RequestActivity.REQUEST_ID, requestId)
        val tap = PendingIntent.getActivity(
            this,
            requestId.hashCode(),
            open,
            PendingIntent.FLAG_IMMUTABLE or PendingIntent.FLAG_UPDATE_CURRENT,
        )
        manager.notify(
            requestId,
            0,
            Notification.Builder(this, CHANNEL)
                .setSmallIcon(android.R.drawable.ic_dialog_info)
                .setContentTitle(message.notification?.title)
                .setContentText(message.notification?.body)
                .setContentIntent(tap)
                .setAutoCancel(true)
                .build(),
        )
    }

    private companion object {
        const val CHANNEL = "requests"
    }
}
