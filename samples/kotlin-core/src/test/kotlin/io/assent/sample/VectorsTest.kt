package io.assent.sample

import java.time.Instant
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatThrownBy
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertAll

/** The sample makes what the server makes, by the same vectors. */
class VectorsTest {

    private val decisions = vectors("decisions.json").jsonObject
    private val context = decisions.getValue("context").jsonObject

    @Test
    fun `what is shown has the hash that the server gives it`() {
        val contents = vectors("content.json").objects()
        assertThat(contents).hasSizeGreaterThan(9)
        assertAll(
            contents.map { vector ->
                {
                    val shown = ShownRequest.read(vector.getValue("answer").jsonObject)
                    assertThat(shown.words()).describedAs(vector.text("name")).isEqualTo(vector.text("words"))
                    assertThat(hex(sha256(shown.words()))).isEqualTo(vector.text("wordsHash"))
                    assertThat(shown.content()).isEqualTo(vector.text("content"))
                    assertThat(shown.hashOfContent()).isEqualTo(vector.text("contentHash"))
                    assertThat(shown.isUnderstood()).isTrue()
                }
            },
        )
    }

    @Test
    fun `whatever is shown otherwise has another hash`() {
        val shown = payment()
        val others = listOf(
            shown.copy(language = "de"),
            shown.copy(bindingMessage = null),
            shown.copy(client = shown.client.copy(name = "Acme Budge")),
            shown.copy(client = shown.client.copy(legalEntity = null)),
            shown.copy(groups = listOf()),
            shown.copy(details = listOf()),
            shown.copy(details = shown.details.map { it.copy(rows = it.rows.reversed()) }),
        )
        assertThat(others.map { it.hashOfContent() }).doesNotHaveDuplicates()
        assertThat(others).noneMatch { it.isUnderstood() }
    }

    @Test
    fun `a key has the thumbprint that the server gives it`() {
        vectors("keys.json").objects().forEach { vector ->
            val key = DeviceKey.of(publicKey(vector.getValue("jwk").jsonObject))
            assertThat(key.jwk()).isEqualTo(vector.getValue("jwk"))
            assertThat(key.kid()).isEqualTo(vector.text("thumbprint"))
        }
    }

    @Test
    fun `a signature of a key store becomes that of a JWS`() {
        vectors("signatures.json").jsonObject.getValue("valid").objects().forEach {
            assertThat(hex(signatureFromDer(bytes(it.text("der"))))).isEqualTo(it.text("jws"))
        }
    }

    @Test
    fun `what is no signature is refused`() {
        vectors("signatures.json").jsonObject.getValue("invalid").objects().forEach {
            assertThatThrownBy { signatureFromDer(bytes(it.text("der"))) }
                .describedAs(it.text("name"))
                .isInstanceOf(IllegalArgumentException::class.java)
        }
    }

    @Test
    fun `the valid decisions are signed by the device`() {
        val key = publicKey(context.getValue("jwk").jsonObject)
        decisions.getValue("valid").objects().forEach {
            assertThat(isSignedBy(it.text("jws"), key)).describedAs(it.text("name")).isTrue()
        }
    }

    @Test
    fun `what the sample signs is what the server takes`() {
        val vector = vectors("keys.json").objects().first()
        val approval = Approval(
            payment(),
            context.getValue("grantedScopes").jsonArray.map { it.jsonPrimitive.content },
            context.getValue("grantedDetails").objects(),
        )
        val key = publicKey(vector.getValue("jwk").jsonObject)
        val signer =
            Signer(context.text("deviceId"), DeviceKey.of(key), context.text("issuer"), context.text("subject"))

        val toSign = approval.toSign(signer, Instant.parse(context.text("now")), listOf("face"))
        val jws = toSign.jws(sign(toSign.bytes, privateKey(vector)))

        val taken = decisions.getValue("valid").objects().first().text("jws")
        assertThat(part(jws, 0)).isEqualTo(part(taken, 0))
        assertThat(part(jws, 1)).isEqualTo(part(taken, 1))
        assertThat(isSignedBy(jws, key)).isTrue()
    }

    private fun payment(): ShownRequest = vectors("content.json").objects()
        .map { ShownRequest.read(it.getValue("answer").jsonObject) }
        .first { it.id == context.text("requestId") }

    private fun bytes(hex: String): ByteArray = hex.chunked(2).map { it.toInt(16).toByte() }.toByteArray()
}
