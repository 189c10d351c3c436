package io.assent.sample

import java.net.URI
import java.net.URISyntaxException
import java.time.Instant
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.booleanOrNull
import kotlinx.serialization.json.contentOrNull
import kotlinx.serialization.json.jsonPrimitive

/** The link that a page of the bank shows as a QR code, and that opens the app on the same phone. */
object AppLink {

    private val SECRET = Regex("[A-Za-z0-9_-]{22}")

    /**
     * The secret of a link of this very bank and realm; `null` for anything else, of which an app opens nothing.
     *
     * @param text as it was scanned, or as the system handed it to the app
     * @param issuer the realm's address, as in [Signer]
     */
    fun secret(text: String, issuer: String): String? {
        val uri = try {
            URI(text.trim())
        } catch (_: URISyntaxException) {
            return null
        }
        val links = URI("$issuer/consent/v1/links/")
        val sameServer = uri.scheme == links.scheme && uri.rawAuthority == links.rawAuthority
        return uri.rawPath?.removePrefix(links.rawPath)
            ?.takeIf { sameServer && uri.rawPath.startsWith(links.rawPath) && SECRET.matches(it) }
    }
}

/**
 * Where a login began that waits in a browser: to be shown above the question, which the customer compares with what is
 * before them; and after a yes, how it goes on there.
 */
data class Link(
    /** Where the browser goes in the end. */
    val domain: String,
    /** Families, such as `Firefox` and `Windows`, or `other`. */
    val browser: String,
    val system: String,
    val place: String?,
    val sameNetwork: Boolean?,
    val startedAt: Instant,
    /** Whether a yes takes the number of two digits that the page shows, and that the customer types. */
    val numberRequired: Boolean,
    /** Six digits to type into the browser; for the customer's eyes alone. */
    val code: String?,
    /** What the app opens in this phone's browser, if it was opened by a link there. */
    val returnUri: String?,
) {
    companion object {
        fun read(link: JsonObject): Link = Link(
            domain = link.text("domain").orEmpty(),
            browser = link.text("browser").orEmpty(),
            system = link.text("system").orEmpty(),
            place = link.text("place"),
            sameNetwork = link["sameNetwork"]?.jsonPrimitive?.booleanOrNull,
            startedAt = Instant.parse(requireNotNull(link.text("startedAt")) { "the answer has no startedAt" }),
            // what is not said is asked for: the server refuses a yes without it
            numberRequired = link["numberRequired"]?.jsonPrimitive?.booleanOrNull ?: true,
            code = link.text("code"),
            returnUri = link.text("returnUri"),
        )

        private fun JsonObject.text(name: String): String? = (this[name] as? JsonPrimitive)?.contentOrNull
    }
}
