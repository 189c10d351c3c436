package io.assent.push.sns;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.InvalidParameterException;
import software.amazon.awssdk.services.sns.model.NotFoundException;

/** The endpoints in SNS, each of which stands for one phone. */
final class SnsEndpoints {

    private static final Pattern TAKEN =
            Pattern.compile("Endpoint (arn:aws\\S*:endpoint/\\S+) already exists with the same Token");

    private final SnsClient sns;

    SnsEndpoints(SnsClient sns) {
        this.sns = sns;
    }

    /**
     * The endpoint of a phone, made where there is none. One that SNS has disabled stays so.
     *
     * @return its ARN; empty where SNS's answer has none
     */
    Optional<String> ensure(Arn application, String pushToken) {
        try {
            return Optional.ofNullable(sns.createPlatformEndpoint(request ->
                            request.platformApplicationArn(application.text()).token(pushToken))
                    .endpointArn());
        } catch (InvalidParameterException refused) {
            // somebody gave it other attributes, which are none of our business
            return Optional.of(takenBy(refused).orElseThrow(() -> refused));
        }
    }

    /** Gives an endpoint the token that its phone has now, which also revives a disabled one. */
    String refresh(String endpoint, String pushToken) {
        try {
            set(endpoint, pushToken);
            return endpoint;
        } catch (InvalidParameterException refused) {
            String other = takenBy(refused).orElseThrow(() -> refused);
            set(other, pushToken);
            return other;
        }
    }

    /** Whether SNS says that there is no such endpoint: in one way when asked about it, in another when sent to it. */
    static boolean isGone(RuntimeException failed) {
        return failed instanceof NotFoundException
                || failed instanceof InvalidParameterException
                        && String.valueOf(failed.getMessage()).contains("No endpoint found for the target arn");
    }

    /** Whether it is an endpoint's token that is in the way of another: of the endpoint or of the token. */
    static boolean isTaken(String said) {
        return said.contains("already registered with a different token")
                || said.contains("already exists with the same Token");
    }

    static boolean isTaken(InvalidParameterException refused) {
        return isTaken(String.valueOf(refused.getMessage()));
    }

    /**
     * Gives an endpoint the token of its phone if it has another.
     *
     * @return whether it had another: somebody else changed it, and its being disabled says nothing of our token
     */
    boolean corrected(String endpoint, String pushToken) {
        String theirs = sns.getEndpointAttributes(request -> request.endpointArn(endpoint))
                .attributes()
                .get("Token");
        if (theirs == null || theirs.equals(pushToken)) {
            return false;
        }
        set(endpoint, pushToken);
        return true;
    }

    private void set(String endpoint, String pushToken) {
        sns.setEndpointAttributes(
                request -> request.endpointArn(endpoint).attributes(Map.of("Token", pushToken, "Enabled", "true")));
    }

    private static Optional<String> takenBy(InvalidParameterException refused) {
        Matcher matcher = TAKEN.matcher(String.valueOf(refused.getMessage()));
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
