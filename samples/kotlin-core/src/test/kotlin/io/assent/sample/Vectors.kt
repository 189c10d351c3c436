package io.assent.sample

import java.io.File
import java.math.BigInteger
import java.security.AlgorithmParameters
import java.security.KeyFactory
import java.security.PrivateKey
import java.security.Signature
import java.security.interfaces.ECPublicKey
import java.security.spec.ECGenParameterSpec
import java.security.spec.ECParameterSpec
import java.security.spec.ECPoint
import java.security.spec.ECPrivateKeySpec
import java.security.spec.ECPublicKeySpec
import java.util.Base64
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive

private val FOLDER = File("../vectors")

private val P256: ECParameterSpec =
    AlgorithmParameters.getInstance("EC").apply { init(ECGenParameterSpec("secp256r1")) }
        .getParameterSpec(ECParameterSpec::class.java)

fun vectors(file: String): JsonElement = Json.parseToJsonElement(FOLDER.resolve(file).readText())

fun JsonElement.objects(): List<JsonObject> = jsonArray.map { it.jsonObject }

fun JsonObject.text(name: String): String = getValue(name).jsonPrimitive.content

fun publicKey(jwk: JsonObject): ECPublicKey = KeyFactory.getInstance("EC")
    .generatePublic(ECPublicKeySpec(ECPoint(number(jwk.text("x")), number(jwk.text("y"))), P256)) as ECPublicKey

fun privateKey(vector: JsonObject): PrivateKey =
    KeyFactory.getInstance("EC").generatePrivate(ECPrivateKeySpec(number(vector.text("d")), P256))

/** As a phone's key store signs: the answer is DER. */
fun sign(bytes: ByteArray, key: PrivateKey): ByteArray = Signature.getInstance("SHA256withECDSA").run {
    initSign(key)
    update(bytes)
    sign()
}

fun isSignedBy(jws: String, key: ECPublicKey): Boolean = Signature.getInstance("SHA256withECDSAinP1363Format").run {
    initVerify(key)
    update(jws.substringBeforeLast('.').encodeToByteArray())
    verify(Base64.getUrlDecoder().decode(jws.substringAfterLast('.')))
}

/** Which part of a JWS: 0 the header, 1 the claims. */
fun part(jws: String, place: Int): JsonElement =
    Json.parseToJsonElement(Base64.getUrlDecoder().decode(jws.split('.')[place]).decodeToString())

private fun number(base64: String) = BigInteger(1, Base64.getUrlDecoder().decode(base64))
