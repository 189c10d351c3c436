package io.assent.sample.android

import android.app.Activity
import android.content.Intent
import android.net.Uri
import android.os.Bundle
import android.security.keystore.KeyPermanentlyInvalidatedException
import android.text.InputType
import android.view.WindowManager
import android.widget.Button
import android.widget.CheckBox
import android.widget.EditText
import android.widget.LinearLayout
import android.widget.ScrollView
import android.widget.TextView
import io.assent.sample.Answer
import io.assent.sample.AppLink
import io.assent.sample.Approval
import io.assent.sample.ConsentApi
import io.assent.sample.Link
import io.assent.sample.ShownRequest
import io.assent.sample.SignatureRequired
import io.assent.sample.ToSign
import java.time.Instant
import java.util.concurrent.ExecutorService
import java.util.concurrent.Executors

/** Fetches a request, shows it, and sends what the customer decides. */
class RequestActivity : Activity() {

    private val calls: ExecutorService = Executors.newSingleThreadExecutor()
    private lateinit var device: Device
    private lateinit var screen: LinearLayout

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        // no picture of the question, and below no tap through another app's window
        window.addFlags(WindowManager.LayoutParams.FLAG_SECURE)
        device = Device(this)
        screen = LinearLayout(this).apply {
            orientation = LinearLayout.VERTICAL
            filterTouchesWhenObscured = true
        }
        setContentView(ScrollView(this).apply { addView(screen) })
        open(intent)
    }

    override fun onNewIntent(intent: Intent) {
        super.onNewIntent(intent)
        open(intent)
    }

    override fun onDestroy() {
        calls.shutdown()
        super.onDestroy()
    }

    private fun open(intent: Intent) {
        val session = Session.current ?: return say("Please log in.")
        val api = session.api()
        register(session, api)
        val requestId = intent.getStringExtra(REQUEST_ID)
        val secret = intent.dataString?.let { AppLink.secret(it, session.issuer) }
        if (secret != null) {
            fetch(session, api) { api.claim(secret) }
        } else if (requestId != null && requestId.matches(Regex("[0-9a-f-]{36}"))) {
            fetch(session, api) { api.request(requestId) }
        }
    }

    /** Once in each login, and when there is another push token. */
    private fun register(session: Session, api: ConsentApi): Unit = calls.execute {
        val registration = device.registration(api, session.id) ?: return@execute
        runOnUiThread {
            signed(
                registration.key,
                "Protect this phone",
                { registration.toSign() },
                session,
                api,
            ) { proof -> calls.execute { device.register(api, registration, proof) } }
        }
    }

    private fun fetch(session: Session, api: ConsentApi, call: () -> Answer<ShownRequest>): Unit = calls.execute {
        val answer = call()
        runOnUiThread {
            when (answer) {
                is Answer.Ok ->
                    if (answer.value.isUnderstood()) {
                        show(session, api, answer.value)
                    } else {
                        say("Please update this app.")
                    }
                is Answer.Lost -> say("The bank can't be reached. Please try again.")
                is Answer.Refused ->
                    when (answer.name) {
                        "link-used" -> say("This code was already used. Start once more at the company's website.")
                        "other-customer" -> say("That page belongs to another customer. Leave it alone.")
                        else -> say("There is nothing to decide any more.")
                    }
            }
        }
    }

    /** All that [request] has is shown, and nothing else: the hash is made of the same fields. */
    private fun show(session: Session, api: ConsentApi, request: ShownRequest) {
        screen.removeAllViews()
        text(request.client.name, HEADLINE)
        request.client.legalEntity?.let { text("✓ $it") }
        request.bindingMessage?.let { text(it, HEADLINE) }
        request.link?.let(::origin)
        val permissions = request.groups.flatMap { group ->
            text(group.title, HEADLINE)
            group.summary?.let { text(it) }
            group.permissions.map { permission ->
                val box = box(permission.title, permission.required || !request.selectable)
                permission.detail?.let { text(it) }
                permission.scope to box
            }
        }
        val accounts = request.details.map { detail ->
            detail.rows.forEach { text("${it.label}: ${it.value}", if (it.emphasis == 1) HEADLINE else BODY) }
            detail.accounts?.choices.orEmpty().map { account ->
                account.id to box(listOfNotNull(account.name, account.maskedNumber).joinToString(" "), false)
            }
        }
        val number = request.link?.takeIf { it.numberRequired }?.let { number() }
        button("Approve") {
            val scopes = permissions.filter { (_, box) -> box.isChecked }.map { (scope, _) -> scope }
            val chosen = accounts.map { ofDetail -> ofDetail.filter { (_, box) -> box.isChecked }.map { (id, _) -> id } }
            if (request.details.zip(chosen).any { (detail, ids) -> !fits(detail, ids) }) {
                say("Please choose an account.")
            } else {
                val details = request.details.zip(chosen).map { (detail, ids) -> detail.granted(ids) }
                approve(session, api, Approval(request, scopes, details), number?.text?.toString()?.trim())
            }
        }
        button("Deny") { deny { api.deny(request.id) } }
        if (request.link != null) button("This was not me") { deny { api.report(request.id) } }
    }

    /** Where a login began that waits in a browser: above the question. */
    private fun origin(link: Link) {
        text(link.domain, HEADLINE)
        text("${link.browser}, ${link.system}" + link.place?.let { ", $it" }.orEmpty())
        link.sameNetwork?.let { text(if (it) "In the network of this phone" else "In another network than this phone") }
        text("If you did not start this yourself, deny it.", HEADLINE)
    }

    private fun number(): EditText {
        text("Which number does the page in your browser show?")
        return EditText(this).apply {
            inputType = InputType.TYPE_CLASS_NUMBER
            screen.addView(this)
        }
    }

    /** How it goes on in the browser. */
    private fun wayBack(link: Link?) {
        say("Approved.")
        link?.code?.let {
            text("Type this into the page in your browser:")
            text("${it.take(3)} ${it.drop(3)}", HEADLINE)
            text("Tell it to nobody, not to your bank either.")
        }
        // by the customer's own tap: the page may be on another screen
        link?.returnUri?.let { uri -> button("Back to the browser") { openBrowser(Uri.parse(uri)) } }
    }

    private fun openBrowser(uri: Uri) {
        val browser = Intent.makeMainSelectorActivity(Intent.ACTION_MAIN, Intent.CATEGORY_APP_BROWSER)
        startActivity(browser.apply { data = uri; addFlags(Intent.FLAG_ACTIVITY_NEW_TASK) })
    }

    private fun deny(call: () -> Answer<Unit>): Unit = calls.execute {
        val answer = call()
        runOnUiThread {
            say(if (answer is Answer.Lost) "The bank can't be reached." else "Denied.")
            if (answer is Answer.Lost) button("Try again") { deny(call) }
        }
    }

    private fun fits(detail: ShownRequest.Detail, ids: List<String>): Boolean {
        val accounts = detail.accounts ?: return true
        return !(accounts.required && ids.isEmpty()) && (accounts.many || ids.size <= 1)
    }

    private fun approve(session: Session, api: ConsentApi, approval: Approval, number: String?) {
        if (approval.request.signatureRequired == SignatureRequired.NONE) {
            return send(session, api, approval.request.id, approval.body(null, number))
        }
        val key = device.key ?: return say("This phone can't sign yet.")
        val signer = session.signer(device.id, key.publicKey())
        signed(
            key,
            approval.request.details.firstOrNull()?.rows?.firstOrNull()?.value ?: approval.request.client.name,
            { methods -> approval.toSign(signer, Instant.now(), methods) },
            session,
            api,
        ) { jws -> send(session, api, approval.request.id, approval.body(jws, number)) }
    }

    /** The very same [body] again where the answer was lost: the server answers it as the first time. */
    private fun send(session: Session, api: ConsentApi, requestId: String, body: String): Unit = calls.execute {
        var answer = api.approve(requestId, body)
        repeat(TRIES - 1) { if (answer is Answer.Lost) answer = api.approve(requestId, body) }
        runOnUiThread {
            when (val came = answer) {
                is Answer.Ok -> wayBack(came.value)
                is Answer.Lost -> {
                    say("The bank can't be reached.")
                    button("Try again") { send(session, api, requestId, body) }
                }
                is Answer.Refused ->
                    when (came.name) {
                        // what was shown is not so any more: the customer reads it again
                        "content-changed", "wrong-number" -> fetch(session, api) { api.request(requestId) }
                        "expired", "already-decided" -> say("There is nothing to decide any more.")
                        else -> say("That did not work (${came.name} ${came.flaw.orEmpty()}).")
                    }
            }
        }
    }

    private fun signed(
        key: KeystoreKey,
        title: String,
        toSign: (List<String>) -> ToSign,
        session: Session,
        api: ConsentApi,
        done: (String) -> Unit,
    ) {
        try {
            UserVerification(this).sign(key, title, toSign, done) { why -> say(why) }
        } catch (_: KeyPermanentlyInvalidatedException) {
            say("Your fingers or faces on this phone have changed. Please log in again.")
            calls.execute { if (device.startAnew(api) is Answer.Ok) register(session, api) }
        }
    }

    private fun say(words: CharSequence) {
        screen.removeAllViews()
        text(words, HEADLINE)
    }

    /** Plain text: nothing in it is interpreted. */
    private fun text(words: CharSequence, size: Float = BODY) =
        screen.addView(TextView(this).apply { text = words.toString(); textSize = size })

    private fun box(words: String, fixed: Boolean): CheckBox = CheckBox(this).apply {
        text = words
        isChecked = fixed
        isEnabled = !fixed
        screen.addView(this)
    }

    private fun button(words: String, tap: () -> Unit) =
        screen.addView(Button(this).apply { text = words; setOnClickListener { tap() } })

    companion object {
        /** As in the push. */
        const val REQUEST_ID = "requestId"

        private const val TRIES = 3
        private const val HEADLINE = 20f
        private const val BODY = 14f
    }
}
