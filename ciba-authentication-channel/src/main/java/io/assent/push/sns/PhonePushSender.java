package io.assent.push.sns;

import io.assent.device.Device;
import io.assent.push.Push;
import io.assent.push.PushResult;
import io.assent.push.PushResult.Delivered;
import io.assent.push.PushSender;
import io.assent.push.TimeToLive;
import io.assent.push.vendor.ApnsToken;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.EndpointDisabledException;
import software.amazon.awssdk.services.sns.model.InvalidParameterException;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sns.model.PublishRequest;

/**
 * Sends to phones. A device's address is the ARN of its endpoint in SNS. A send is one call, or three where SNS has
 * lost the endpoint; each ends within the connect and the read time-out together.
 */
final class PhonePushSender implements PushSender {

    private final SnsClient sns;
    private final SnsEndpoints endpoints;
    private final PlatformApplications applications;
    private final SnsErrorMapper verdict;

    PhonePushSender(SnsClient sns, PlatformApplications applications, SnsErrorMapper verdict) {
        this.sns = sns;
        this.endpoints = new SnsEndpoints(sns);
        this.applications = applications;
        this.verdict = verdict;
    }

    @Override
    public Optional<String> validate(Device device) {
        return applications.of(device.pushToken()).isPresent()
                ? Optional.empty()
                : Optional.of(
                        ApnsToken.is(device.pushToken())
                                ? "The push token is an Apple device's, and this server reaches Android devices alone"
                                        + " through Amazon SNS."
                                : "The push token is not an Apple device's (64 to 200 hexadecimal digits), and this server"
                                        + " reaches Apple devices alone through Amazon SNS.");
    }

    /** So that the endpoint is there before the first push. */
    @Override
    public boolean registersDevices() {
        return true;
    }

    /** What the app registers is fresh: an endpoint that SNS had disabled works again. */
    @Override
    public PushResult register(Device device) {
        return withApplication(device, application -> {
            Optional<String> known = known(device, application);
            if (known.isPresent()) {
                try {
                    return new Delivered(Optional.of(endpoints.refresh(known.get(), device.pushToken())));
                } catch (NotFoundException gone) {
                    // made again below
                } catch (InvalidParameterException refused) {
                    if (!SnsEndpoints.isTaken(refused)) {
                        throw refused;
                    }
                }
            }
            return endpoints
                    .ensure(application, device.pushToken())
                    .map(endpoint -> endpoints.refresh(endpoint, device.pushToken()))
                    .<PushResult>map(endpoint -> new Delivered(Optional.of(endpoint)))
                    .orElseGet(verdict::onUnintelligible);
        });
    }

    @Override
    public PushResult send(Device device, Push push) {
        Duration life = TimeToLive.of(push);
        if (life.isZero()) {
            return TimeToLive.EXPIRED;
        }
        SnsMessage message = new SnsMessage(push, life);
        return withApplication(device, application -> {
            Optional<String> known = known(device, application);
            if (known.isPresent()) {
                try {
                    return publish(message, device, known.get()) ? new Delivered() : verdict.onUnintelligible();
                } catch (EndpointDisabledException disabled) {
                    if (endpoints.corrected(known.get(), device.pushToken())) {
                        return PushResult.RetryLater.because("the endpoint had another token");
                    }
                    throw disabled;
                } catch (NotFoundException gone) {
                    // made again below
                } catch (InvalidParameterException refused) {
                    if (!SnsEndpoints.isGone(refused) && !SnsEndpoints.isTaken(refused)) {
                        throw refused;
                    }
                }
            }
            Optional<String> made = endpoints.ensure(application, device.pushToken());
            return made.isPresent() && publish(message, device, made.get())
                    ? new Delivered(made)
                    : verdict.onUnintelligible();
        });
    }

    private boolean publish(SnsMessage message, Device device, String endpoint) {
        PublishRequest request = ApnsToken.is(device.pushToken())
                ? message.toApple(endpoint, applications.appleSandbox())
                : message.toAndroid(endpoint);
        return sns.publish(request).messageId() != null;
    }

    /** The address that the device has; none where it belongs to another application than the settings name. */
    private static Optional<String> known(Device device, Arn application) {
        return Optional.ofNullable(device.vendorHandle()).filter(application::hasEndpoint);
    }

    private PushResult withApplication(Device device, Work work) {
        Optional<Arn> application = applications.of(device.pushToken());
        if (application.isEmpty()) {
            // an operator may set one, or another node has it already
            return PushResult.RetryLater.because(
                    ApnsToken.is(device.pushToken())
                            ? "an Apple device, and no platform application for it in the settings"
                            : "an Android device, and no platform application for it in the settings");
        }
        try {
            return work.on(application.get());
        } catch (SdkException failed) {
            return verdict.on(failed);
        }
    }

    @FunctionalInterface
    private interface Work {
        PushResult on(Arn application);
    }
}
