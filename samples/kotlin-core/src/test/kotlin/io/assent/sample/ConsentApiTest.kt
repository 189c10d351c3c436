package io.assent.sample

import com.sun.net.httpserver.HttpServer
import java.net.InetAddress
import java.net.InetSocketAddress
import java.time.Instant
import kotlinx.serialization.json.jsonObject
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Test

/** The calls, to a server that answers as the API does. */
class ConsentApiTest {

    private val calls = mutableListOf<String>()
    private var status = 200
    private var answer = "{}"
    private val server = HttpServer.create(InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0).apply {
        createContext("/") { call ->
            val proof = call.requestHeaders["Device-Proof"]?.single()
            calls += "${call.requestMethod} ${call.requestURI} ${call.requestHeaders.getFirst("Authorization")} " +
                "${call.requestHeaders.getFirst("Accept-Language")} $proof ${call.requestBody.readBytes().decodeToString()}"
            val body = answer.encodeToByteArray()
            call.sendResponseHeaders(status, body.size.toLong())
            call.responseBody.use { it.write(body) }
        }
        start()
    }
    private val api = ConsentApi("http://127.0.0.1:${server.address.port}", { "token" }, { "de" })

    @AfterEach
    fun stop() = server.stop(0)

    @Test
    fun `a request is read`() {
        val vector = vectors("content.json").objects().first()
        answer = vector.getValue("answer").toString()

        assertThat(api.request("4711"))
            .isEqualTo(Answer.Ok(ShownRequest.read(vector.getValue("answer").jsonObject)))
        assertThat(calls).containsExactly("GET /requests/4711 Bearer token de null ")
    }

    @Test
    fun `a denial needs no signature`() {
        assertThat(api.deny("4711")).isEqualTo(Answer.Ok(Unit))
        assertThat(calls).containsExactly("PUT /requests/4711/decision Bearer token de null {\"decision\":\"deny\"}")
    }

    @Test
    fun `a link is claimed without a body, and a yes tells how the browser goes on`() {
        val vector = vectors("content.json").objects().first()
        answer = vector.getValue("answer").toString()

        assertThat(api.claim("s3cret"))
            .isEqualTo(Answer.Ok(ShownRequest.read(vector.getValue("answer").jsonObject)))
        assertThat(calls).containsExactly("POST /links/s3cret Bearer token de null ")

        answer = """{"link":{"domain":"acme.example","browser":"Firefox","system":"Linux","startedAt":"2026-11-27T08:00:00Z",""" +
            """"numberRequired":false,"code":"048213","returnUri":"https://bank.example/r"}}"""
        val approved = api.approve("4711", "{}")
        assertThat((approved as Answer.Ok).value?.code).isEqualTo("048213")
        answer = """{"link":null}"""
        assertThat(api.approve("4711", "{}")).isEqualTo(Answer.Ok(null))
    }

    @Test
    fun `a refusal says what is wrong`() {
        status = 422
        answer = """{"type":"urn:assent:problem:invalid-signature","flaw":"time","detail":"Late."}"""
        assertThat(api.approve("4711", "{}")).isEqualTo(Answer.Refused(422, "invalid-signature", "time"))

        status = 404
        answer = "<html>"
        assertThat(api.approve("4711", "{}")).isEqualTo(Answer.Refused(404, null, null))
    }

    @Test
    fun `an answer that does not come is lost, not refused`() {
        status = 502
        assertThat(api.approve("4711", "{}")).isInstanceOf(Answer.Lost::class.java)
        stop()
        assertThat(api.approve("4711", "{}")).isInstanceOf(Answer.Lost::class.java)
    }

    @Test
    fun `a new key signs the call and the challenge`() {
        answer = """{"challenge":"nonce","expiresAt":"2026-11-27T08:05:00Z"}"""
        assertThat(api.keyChallenge("d1")).isEqualTo(Answer.Ok("nonce"))

        val vector = vectors("keys.json").objects().first()
        val key = DeviceKey.of(publicKey(vector.getValue("jwk").jsonObject))
        val call = api.deviceCall("d1", """{"platform":"fcm"}""")
        val proof = call.toSign(key, Instant.EPOCH, "nonce").run { jws(sign(bytes, privateKey(vector))) }
        api.register(call, listOf(proof))

        assertThat(calls.last()).isEqualTo("PUT /devices/d1 Bearer token de $proof {\"platform\":\"fcm\"}")
        assertThat(part(proof, 1).jsonObject.text("nonce")).isEqualTo("nonce")
        assertThat(part(proof, 1).jsonObject.text("htu")).endsWith("/devices/d1")
    }
}
