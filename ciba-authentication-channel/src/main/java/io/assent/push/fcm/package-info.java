/** The platform {@code fcm}: Firebase Cloud Messaging. The only package that knows the Firebase SDK. */
package io.assent.push.fcm;
