package io.assent.push.log;

import io.assent.device.Device;
import io.assent.push.Push;
import io.assent.push.PushResult;
import io.assent.push.PushSender;
import org.jboss.logging.Logger;

/** Writes to the server's log that a push would be sent: for trying things out where there is no vendor. */
final class LogPushSender implements PushSender {

    private static final Logger LOG = Logger.getLogger(LogPushSender.class);

    @Override
    public PushResult send(Device device, Push push) {
        LOG.infof(
                "Push '%s' for %s in realm '%s' to device %s",
                push.type().value(), push.id(), push.realm(), device.id());
        return new PushResult.Delivered();
    }
}
