package io.assent.sample

import java.time.Duration
import java.time.Instant
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.add
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonArray
import kotlinx.serialization.json.putJsonObject

private val LIFE = Duration.ofMinutes(2)

/** Who signs. */
data class Signer(
    /** The id under which the device is registered. */
    val deviceId: String,
    val key: DeviceKey,
    /** The realm's: the `iss` of the app's access token. */
    val issuer: String,
    /** The customer's id: the `sub` of the app's access token. */
    val subject: String,
)

/** What the customer says yes to. */
data class Approval(
    val request: ShownRequest,
    /** The permissions that are ticked. */
    val scopes: List<String>,
    /** The details, with the accounts that were chosen. */
    val details: List<JsonObject>,
) {
    /**
     * What the key has to sign.
     *
     * @param now the phone's time
     * @param methods how the phone will know who is there, as in RFC 8176: `face`, `fpt`, `pin`
     */
    fun toSign(signer: Signer, now: Instant, methods: List<String>): ToSign {
        val challenge = requireNotNull(request.challenge) { "the request is answered" }
        val end = minOf(now + LIFE, request.expiresAt)
        return ToSign.of(
            "consent-decision+jwt",
            signer.key,
            buildJsonObject {
                put("iss", signer.deviceId)
                put("aud", signer.issuer)
                put("sub", signer.subject)
                put("iat", now.epochSecond)
                put("exp", end.epochSecond)
                put("req", request.id)
                put("dec", "approve")
                putJsonObject("grt") {
                    putJsonArray("scopes") { scopes.forEach { add(it) } }
                    put("details_hash", base64Url(sha256(canonical(JsonArray(details)))))
                }
                put("dsp", request.hashOfContent())
                put("chl", challenge)
                putJsonArray("amr") { methods.forEach { add(it) } }
            },
        )
    }

    /**
     * The body of `PUT /requests/{id}/decision`. Keep it until the answer is there: where the answer is lost, this very
     * body is sent again.
     *
     * @param signature `null` where none is needed
     * @param number as the customer read it in the browser; `null` where none is asked for
     */
    fun body(signature: String?, number: String? = null): String = buildJsonObject {
        put("decision", "approve")
        put("grantedScopes", JsonArray(scopes.map(::JsonPrimitive)))
        put("grantedDetails", JsonArray(details))
        signature?.let { put("signature", it) }
        number?.let { put("number", it) }
    }.toString()
}

/** The first two parts of a JWS in compact form (RFC 7515). */
class ToSign private constructor(private val content: String) {

    /** What the key signs, with SHA-256. */
    val bytes: ByteArray = content.encodeToByteArray()

    /** @param der the signature as a phone's key store gives it */
    fun jws(der: ByteArray): String = content + "." + base64Url(signatureFromDer(der))

    companion object {
        internal fun of(type: String, key: DeviceKey, claims: JsonObject): ToSign {
            val header = buildJsonObject {
                put("alg", "ES256")
                put("typ", type)
                put("kid", key.kid())
            }
            return ToSign(base64Url(header.toString()) + "." + base64Url(claims.toString()))
        }
    }
}

/** A call about a device that is to be proved by its key, see docs/operations.md. */
data class DeviceCall(val method: String, val uri: String, val accessToken: String, val body: String) {

    /** @param challenge the server's, for a key that is new to the device; else `null` */
    fun toSign(key: DeviceKey, now: Instant, challenge: String?): ToSign = ToSign.of(
        "device-proof+jwt",
        key,
        buildJsonObject {
            put("htm", method)
            put("htu", uri)
            put("iat", now.epochSecond)
            put("ath", base64Url(sha256(accessToken)))
            put("body_sha256", base64Url(sha256(body)))
            challenge?.let { put("nonce", it) }
        },
    )
}
