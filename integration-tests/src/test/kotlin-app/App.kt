// What a bank's app does, with the client that openapi-generator makes from the API's document: it denies a
// request and approves a part of the one after it.

import io.assent.client.apis.DevicesApi
import io.assent.client.apis.RequestsApi
import io.assent.client.infrastructure.ApiClient
import io.assent.client.models.Decision
import io.assent.client.models.DeviceRegistration
import java.util.UUID

fun main(args: Array<String>) {
    val (api, grantedScope) = args
    ApiClient.accessToken = System.getenv("ACCESS_TOKEN")
    DevicesApi(api).registerDevice(
        UUID.randomUUID().toString(),
        DeviceRegistration(platform = "log", pushToken = UUID.randomUUID().toString(), label = "Kotlin"),
    )
    val requests = RequestsApi(api)
    val pending = requests.listRequests(status = RequestsApi.StatusListRequests.pending, max = 2).requests

    // in this order: a denial takes back what was granted of the same before
    val denied = requests.decide(pending[1].id.toString(), Decision(decision = Decision.Decision.deny))
    println(denied.status.value)

    val approved = requests.decide(
        pending[0].id.toString(),
        Decision(decision = Decision.Decision.approve, grantedScopes = setOf(grantedScope)),
    )
    println("${approved.status.value} ${approved.decision!!.grantedScopes.joinToString(" ")}")
}
