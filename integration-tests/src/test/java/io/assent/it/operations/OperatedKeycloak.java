package io.assent.it.operations;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import java.util.List;

/**
 * The custom resource of the Keycloak Operator ({@code v2beta1}), as far as it is used here: the operator's types are
 * in no registry. What it takes from Kubernetes is of the types of that.
 */
record OperatedKeycloak(String apiVersion, String kind, ObjectMeta metadata, Spec spec) {

    record Spec(
            int instances,
            String image,
            boolean startOptimized,
            Db db,
            Hostname hostname,
            Http http,
            Proxy proxy,
            HttpManagement httpManagement,
            Ingress ingress,
            Policy networkPolicy,
            Probe readinessProbe,
            Probe livenessProbe,
            Probe startupProbe,
            ResourceRequirements resources,
            Scheduling scheduling,
            Update update,
            BootstrapAdmin bootstrapAdmin,
            List<Option> additionalOptions,
            Unsupported unsupported) {}

    record Db(
            String vendor,
            String host,
            int port,
            String database,
            SecretKeySelector usernameSecret,
            SecretKeySelector passwordSecret,
            int poolInitialSize,
            int poolMinSize,
            int poolMaxSize) {}

    record Hostname(String hostname) {}

    record Http(String tlsSecret) {}

    record Proxy(String headers) {}

    record HttpManagement(int port) {}

    record Ingress(boolean enabled) {}

    record Policy(boolean enabled, List<NetworkPolicyPeer> https, List<NetworkPolicyPeer> management) {}

    record Probe(int periodSeconds, int failureThreshold) {}

    record Scheduling(List<TopologySpreadConstraint> topologySpreadConstraints) {}

    record Update(Strategy strategy) {}

    enum Strategy {
        Auto,
        Explicit,
        RecreateOnImageChange
    }

    record BootstrapAdmin(User user) {}

    record User(String secret) {}

    record Option(String name, String value, SecretKeySelector secret) {}

    record Unsupported(PodTemplateSpec podTemplate) {}
}
