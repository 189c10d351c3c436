package io.assent.sample.android

import io.assent.sample.ConsentApi
import io.assent.sample.DeviceKey
import io.assent.sample.Signer
import java.util.Locale

/**
 * The customer's login, by an OpenID Connect library of your choice (authorization code with PKCE, in the phone's
 * browser), with the scope `consent-app`.
 */
interface Session {
    /** The `iss` of the access token, which is the address of the realm: `https://login.bank.example/realms/bank`. */
    val issuer: String

    /** The `sub` of the access token. */
    val subject: String

    /** The `sid` of the access token: it names the login. */
    val id: String

    /** One that is good now; blocks while it is renewed. */
    fun accessToken(): String

    companion object {
        /** Set by the app after the login. */
        @Volatile var current: Session? = null
    }
}

/** The answer is in the phone's language: what is read and what is decided must be the same one. */
fun Session.api(): ConsentApi =
    ConsentApi("$issuer/consent/v1", ::accessToken) { Locale.getDefault().toLanguageTag() }

fun Session.signer(deviceId: String, key: DeviceKey): Signer = Signer(deviceId, key, issuer, subject)
