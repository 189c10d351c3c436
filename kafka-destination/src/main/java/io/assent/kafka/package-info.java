/**
 * Sends a realm's events to a topic of Apache Kafka's, as the CloudEvents Kafka Protocol Binding 1.0.2 has them. In a
 * jar of its own, with Kafka's client in it, which is deployed where it is wanted.
 */
package io.assent.kafka;
