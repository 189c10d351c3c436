package io.assent.sample

import java.io.IOException
import java.io.InputStream
import java.net.HttpURLConnection
import java.net.URI
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.contentOrNull
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive

/** What came of a call. */
sealed interface Answer<out T> {
    data class Ok<T>(val value: T) : Answer<T>

    /**
     * The server refused.
     *
     * @param name the last part of the problem's `type` (RFC 9457), as `content-changed`
     * @param flaw with `invalid-signature`: what is wrong with it
     */
    data class Refused(val status: Int, val name: String?, val flaw: String?) : Answer<Nothing>

    /** Nobody knows whether the server did it: send the very same again. */
    data class Lost(val why: IOException) : Answer<Nothing>
}

/**
 * The calls that a signed decision needs.
 *
 * @param base `https://…/realms/{realm}/consent/v1`
 * @param accessToken of the customer, with the scope `consent-app`
 */
class ConsentApi(private val base: String, private val accessToken: () -> String, private val language: () -> String) {

    fun keyChallenge(deviceId: String): Answer<String> =
        call("POST", "/devices/$deviceId/key-challenge", null) { it.getValue("challenge").jsonPrimitive.content }

    fun request(id: String): Answer<ShownRequest> = call("GET", "/requests/$id", null) { ShownRequest.read(it) }

    /** @param secret of a link, see [AppLink.secret]; the same call again is answered as the first time */
    fun claim(secret: String): Answer<ShownRequest> = call("POST", "/links/$secret", null) { ShownRequest.read(it) }

    /**
     * @param body as [Approval.body] made it
     * @return how the login goes on in the browser, where one waits there
     */
    fun approve(requestId: String, body: String): Answer<Link?> =
        call("PUT", "/requests/$requestId/decision", body) { (it["link"] as? JsonObject)?.let(Link::read) }

    /** Needs no signature, and no device with a key. */
    fun deny(requestId: String): Answer<Unit> =
        call("PUT", "/requests/$requestId/decision", """{"decision":"deny"}""") {}

    /** The same for a customer who did not begin this. */
    fun report(requestId: String): Answer<Unit> =
        call("PUT", "/requests/$requestId/decision", """{"decision":"deny","reported":true}""") {}

    /** What a proof has to name. */
    fun deviceCall(deviceId: String, body: String): DeviceCall =
        DeviceCall("PUT", "$base/devices/$deviceId", accessToken(), body)

    /** @param proofs of the key that the device has, and of the key that it is to have */
    fun register(call: DeviceCall, proofs: List<String>): Answer<Unit> =
        send(call.method, call.uri, call.accessToken, call.body, proofs) {}

    /** Without a proof: a customer who lost a phone, or its key, removes it by any login. */
    fun remove(deviceId: String): Answer<Unit> = call("DELETE", "/devices/$deviceId", null) {}

    /** @param nonce as it came in the push `device-proof` */
    fun provePushToken(deviceId: String, nonce: String): Answer<Unit> =
        call("PUT", "/devices/$deviceId/proof", """{"nonce":"$nonce"}""") {}

    private fun <T> call(method: String, path: String, body: String?, read: (JsonObject) -> T): Answer<T> =
        send(method, base + path, accessToken(), body, listOf(), read)

    private fun <T> send(
        method: String,
        uri: String,
        token: String,
        body: String?,
        proofs: List<String>,
        read: (JsonObject) -> T,
    ): Answer<T> {
        val connection = URI(uri).toURL().openConnection() as HttpURLConnection
        return try {
            connection.requestMethod = method
            connection.connectTimeout = TIMEOUT_MILLIS
            connection.readTimeout = TIMEOUT_MILLIS
            connection.setRequestProperty("Authorization", "Bearer $token")
            connection.setRequestProperty("Accept-Language", language())
            if (proofs.isNotEmpty()) connection.setRequestProperty("Device-Proof", proofs.joinToString(", "))
            if (body != null) {
                connection.doOutput = true
                connection.setRequestProperty("Content-Type", "application/json")
                connection.outputStream.use { it.write(body.encodeToByteArray()) }
            }
            val status = connection.responseCode
            when {
                status in 200..299 -> Answer.Ok(read(connection.inputStream.use { json(it) }))
                status >= 500 -> Answer.Lost(IOException("the server answers $status"))
                else -> refused(status, connection.errorStream)
            }
        } catch (lost: IOException) {
            Answer.Lost(lost)
        } finally {
            connection.disconnect()
        }
    }

    private fun refused(status: Int, body: InputStream?): Answer.Refused {
        val problem = try {
            body?.let(::json) ?: JsonObject(mapOf())
        } catch (_: IllegalArgumentException) {
            JsonObject(mapOf())
        }
        return Answer.Refused(
            status,
            problem["type"]?.jsonPrimitive?.contentOrNull?.substringAfterLast(':'),
            problem["flaw"]?.jsonPrimitive?.contentOrNull,
        )
    }

    /** Nothing where there is no body. */
    private fun json(body: InputStream): JsonObject {
        val text = body.readBytes().decodeToString()
        return if (text.isEmpty()) JsonObject(mapOf()) else Json.parseToJsonElement(text).jsonObject
    }

    private companion object {
        const val TIMEOUT_MILLIS = 10_000
    }
}
