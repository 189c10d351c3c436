package io.assent.sample

import java.time.Instant
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.addJsonObject
import kotlinx.serialization.json.boolean
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.contentOrNull
import kotlinx.serialization.json.int
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonArray
import kotlinx.serialization.json.putJsonObject

/**
 * A pending request as the screen shows it: the answer of `GET /requests/{id}`, read once. The screen shows these
 * fields and nothing else, and the hash is made of these fields and nothing else: so the customer signs what was seen.
 * Only [link] is no part of it: it says where the question came from, not what is granted.
 */
data class ShownRequest(
    val id: String,
    val expiresAt: Instant,
    val bindingMessage: String?,
    val client: Client,
    /** Whether the customer may grant a part. */
    val selectable: Boolean,
    val groups: List<Group>,
    val details: List<Detail>,
    val language: String,
    /** To be signed; `null` once the request is answered. */
    val challenge: String?,
    val signatureRequired: SignatureRequired,
    /** What the server calls it, to be compared and never to be signed. */
    val contentHash: String,
    /** Where it began, for a login that waits in a browser. */
    val link: Link?,
) {
    data class Client(val clientId: String, val name: String, val legalEntity: String?)

    data class Group(val title: String, val summary: String?, val permissions: List<Permission>)

    data class Permission(val scope: String, val title: String, val detail: String?, val required: Boolean)

    /** [detail] is signed as it came; [rows] is what is read of it. */
    data class Detail(val detail: JsonObject, val rows: List<Row>, val accounts: Accounts?) {

        /** What is granted of it. */
        fun granted(accountIds: List<String>): JsonObject {
            val ids = accountIds.map { JsonObject(mapOf("id" to JsonPrimitive(it))) }
            return when {
                accounts == null || ids.isEmpty() -> detail
                accounts.many -> JsonObject(detail + (accounts.field to JsonArray(ids)))
                else -> JsonObject(detail + (accounts.field to ids.single()))
            }
        }
    }

    data class Row(val label: String, val value: String, val emphasis: Int)

    /** Which accounts the customer can choose among. Their names are not part of the hash: what is granted has their ids. */
    data class Accounts(val field: String, val many: Boolean, val required: Boolean, val choices: List<Account>)

    data class Account(val id: String, val name: String?, val maskedNumber: String?)

    /** The words, in canonical form: step 1. */
    fun words(): String = canonical(
        buildJsonObject {
            put("language", language)
            putJsonObject("client") {
                put("clientId", client.clientId)
                put("name", client.name)
                client.legalEntity?.let { put("legalEntity", it) }
            }
            putJsonArray("groups") {
                groups.forEach { group ->
                    addJsonObject {
                        put("title", group.title)
                        put("summary", group.summary)
                        putJsonArray("permissions") {
                            group.permissions.forEach {
                                addJsonObject {
                                    put("scope", it.scope)
                                    put("title", it.title)
                                    put("detail", it.detail)
                                    put("required", it.required)
                                }
                            }
                        }
                    }
                }
            }
        },
    )

    /** All that is shown, in canonical form: step 2. */
    fun content(): String = canonical(
        buildJsonObject {
            put("text", hex(sha256(words())))
            bindingMessage?.let { put("bindingMessage", it) }
            putJsonArray("details") {
                details.forEach { detail ->
                    addJsonObject {
                        put("detail", detail.detail)
                        putJsonArray("rows") {
                            detail.rows.forEach {
                                addJsonObject {
                                    put("label", it.label)
                                    put("value", it.value)
                                    put("emphasis", it.emphasis)
                                }
                            }
                        }
                    }
                }
            }
        },
    )

    /** The claim `dsp` of a signature. */
    fun hashOfContent(): String = base64Url(sha256(content()))

    /** Whether the server means what this app understands; else nothing of it may be shown. */
    fun isUnderstood(): Boolean = hashOfContent() == contentHash

    companion object {
        /** @param answer the body of `GET /requests/{id}` */
        fun read(answer: String): ShownRequest = read(Json.parseToJsonElement(answer).jsonObject)

        fun read(answer: JsonObject): ShownRequest = ShownRequest(
            id = answer.text("id"),
            expiresAt = Instant.parse(answer.text("expiresAt")),
            bindingMessage = answer.textOrNull("bindingMessage"),
            client = answer.member("client").jsonObject.let {
                Client(it.text("clientId"), it.text("name"), it.textOrNull("legalEntity"))
            },
            selectable = answer.truth("selectable"),
            groups = answer.objects("groups").map { group ->
                Group(
                    group.text("title"),
                    group.textOrNull("summary"),
                    group.objects("permissions").map {
                        Permission(
                            it.text("scope"),
                            it.text("title"),
                            it.textOrNull("detail"),
                            it.truth("required"),
                        )
                    },
                )
            },
            details = answer.objects("details").map { detail ->
                Detail(
                    detail.member("detail").jsonObject,
                    detail.objects("rows").map {
                        Row(it.text("label"), it.text("value"), it.member("emphasis").jsonPrimitive.int)
                    },
                    (detail.member("accounts") as? JsonObject)?.let(::accounts),
                )
            },
            language = answer.text("language"),
            challenge = answer.textOrNull("challenge"),
            signatureRequired = SignatureRequired.of(answer.textOrNull("signatureRequired")),
            contentHash = answer.text("contentHash"),
            link = (answer["link"] as? JsonObject)?.let(Link::read),
        )

        private fun accounts(choice: JsonObject): Accounts = Accounts(
            choice.text("field"),
            choice.truth("many"),
            choice.truth("required"),
            if (choice.member("choices") is JsonNull) {
                listOf()
            } else {
                choice.objects("choices").map {
                    Account(it.text("id"), it.textOrNull("name"), it.textOrNull("maskedNumber"))
                }
            },
        )

        private fun JsonObject.truth(name: String): Boolean = member(name).jsonPrimitive.boolean

        private fun JsonObject.member(name: String): JsonElement =
            requireNotNull(this[name]) { "the answer has no $name" }

        private fun JsonObject.text(name: String): String =
            requireNotNull(textOrNull(name)) { "the answer's $name is null" }

        private fun JsonObject.textOrNull(name: String): String? {
            val value = this[name] ?: JsonNull
            require(value is JsonPrimitive && (value is JsonNull || value.isString)) { "the answer's $name is no text" }
            return value.contentOrNull
        }

        private fun JsonObject.objects(name: String): List<JsonObject> = member(name).jsonArray.map { it.jsonObject }
    }
}

/** What an approval has to be signed with. */
enum class SignatureRequired(val word: String) {
    NONE("none"),
    KEY("key"),
    KEY_AND_USER_VERIFICATION("key+user-verification");

    companion object {
        /** What this app does not know is the most that it knows. */
        fun of(word: String?): SignatureRequired =
            if (word == null) NONE else entries.find { it.word == word } ?: KEY_AND_USER_VERIFICATION
    }
}
