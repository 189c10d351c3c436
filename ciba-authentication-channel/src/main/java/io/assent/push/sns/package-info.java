/** The platform {@code sns}: Amazon Simple Notification Service. The only package that knows the AWS SDK. */
package io.assent.push.sns;
