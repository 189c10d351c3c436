package io.assent.sample

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

/** A whole number, one with a fraction, and one that is very small. */
private val NUMBER = Regex("0|-?([1-9][0-9]{0,15}|(0|[1-9][0-9]*)\\.[0-9]*[1-9]|[1-9](\\.[0-9]*[1-9])?e-[0-9]+)")

/**
 * The canonical form of JSON (RFC 8785), for all that the API answers: its numbers come in that form, and are kept as
 * they came. Numbers that look otherwise are refused.
 */
fun canonical(json: JsonElement): String = buildString { appendCanonical(json) }

private fun StringBuilder.appendCanonical(json: JsonElement) {
    when (json) {
        // names are compared as Kotlin compares strings: by their UTF-16 code units
        is JsonObject -> appendAll(json.entries.sortedBy { it.key }, '{', '}') { (name, value) ->
            appendText(name)
            append(':')
            appendCanonical(value)
        }
        is JsonArray -> appendAll(json, '[', ']') { appendCanonical(it) }
        is JsonNull -> append("null")
        is JsonPrimitive -> if (json.isString) appendText(json.content) else append(literal(json.content))
    }
}

private fun <T> StringBuilder.appendAll(items: Iterable<T>, open: Char, close: Char, appendOne: (T) -> Unit) {
    append(open)
    items.forEachIndexed { place, item ->
        if (place > 0) append(',')
        appendOne(item)
    }
    append(close)
}

private fun literal(content: String): String {
    require(content == "true" || content == "false" || NUMBER.matches(content)) { "not in canonical form: $content" }
    return content
}

private fun StringBuilder.appendText(text: String) {
    append('"')
    for (character in text) {
        when (character) {
            '"' -> append("\\\"")
            '\\' -> append("\\\\")
            '\b' -> append("\\b")
            '\t' -> append("\\t")
            '\n' -> append("\\n")
            '\u000C' -> append("\\f")
            '\r' -> append("\\r")
            else -> if (character < ' ') append("\\u%04x".format(character.code)) else append(character)
        }
    }
    append('"')
}
