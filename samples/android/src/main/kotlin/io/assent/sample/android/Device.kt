package io.assent.sample.android

import android.content.Context
import android.content.SharedPreferences
import android.os.Build
import io.assent.sample.Answer
import io.assent.sample.ConsentApi
import io.assent.sample.DeviceCall
import io.assent.sample.DeviceKey
import io.assent.sample.ToSign
import java.time.Instant
import java.util.Locale
import java.util.UUID
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonObject

/** This installation of the app: its id, its key and its push token. All calls of the API block. */
class Device(context: Context) {

    private val kept: SharedPreferences = context.getSharedPreferences("device", Context.MODE_PRIVATE)

    val id: String
        get() = kept.getString(ID, null) ?: UUID.randomUUID().toString().also { keep(ID, it) }

    /** `null` until the server has it. */
    val key: KeystoreKey?
        get() = kept.getString(KEY, null)?.let(::KeystoreKey)

    /** As FCM gave it last. */
    var pushToken: String?
        get() = kept.getString(PUSH_TOKEN, null)
        set(value) = keep(PUSH_TOKEN, value)

    /**
     * What has to be signed so that the server knows this device: by its key, or by a new one, which then signs the
     * server's challenge as well. `null` where the server knows all already, in this login.
     *
     * @param session names the login
     */
    fun registration(api: ConsentApi, session: String): Registration? {
        val token = pushToken ?: return null
        val known = key
        if (known != null) {
            val state = "$session $token"
            return if (kept.getString(REGISTERED, null) == state) {
                null
            } else {
                val call = api.deviceCall(id, body(token, null, null))
                Registration(call, known, { call.toSign(known.publicKey(), Instant.now(), null) }, KEPT to state)
            }
        }
        val challenge = (api.keyChallenge(id) as? Answer.Ok)?.value ?: return null
        val alias = "decisions-" + UUID.randomUUID()
        val fresh = KeystoreKey.create(alias, challenge)
        val call = api.deviceCall(id, body(token, fresh.publicKey(), fresh.certificates()))
        return Registration(call, fresh, { call.toSign(fresh.publicKey(), Instant.now(), challenge) }, alias to "$session $token")
    }

    /** @param proof the JWS over [Registration.toSign] */
    fun register(api: ConsentApi, registration: Registration, proof: String): Answer<Unit> {
        val answer = api.register(registration.call, listOf(proof))
        if (answer is Answer.Ok) {
            val (alias, state) = registration.then
            if (alias != KEPT) keep(KEY, alias)
            keep(REGISTERED, state)
        }
        return answer
    }

    /**
     * After the key was lost, as by another finger: nothing can sign for the device any more, so it is removed, and
     * this installation becomes a new one. The customer logs in again before that.
     */
    fun startAnew(api: ConsentApi): Answer<Unit> {
        val answer = api.remove(id)
        if (answer is Answer.Ok) {
            key?.delete()
            listOf(ID, KEY, REGISTERED).forEach { keep(it, null) }
        }
        return answer
    }

    private fun body(token: String, key: DeviceKey?, certificates: List<String>?): String = buildJsonObject {
        put("platform", "fcm")
        put("pushToken", token)
        put("label", Build.MODEL)
        put("locale", Locale.getDefault().toLanguageTag())
        key?.let { put("key", it.jwk()) }
        certificates?.let {
            putJsonObject("attestation") {
                put("format", "android-key")
                put("x5c", JsonArray(it.map(::JsonPrimitive)))
            }
        }
    }.toString()

    private fun keep(name: String, value: String?) = kept.edit().putString(name, value).apply()

    /** A registration that waits for its signature. */
    class Registration internal constructor(
        internal val call: DeviceCall,
        val key: KeystoreKey,
        /** To be made when the user was verified: its time counts. */
        val toSign: () -> ToSign,
        internal val then: Pair<String, String>,
    )

    private companion object {
        const val ID = "id"
        const val KEY = "key"
        const val PUSH_TOKEN = "push-token"
        const val REGISTERED = "registered"
        const val KEPT = ""
    }
}
