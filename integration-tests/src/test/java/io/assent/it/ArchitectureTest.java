package io.assent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The plan of the house: which room there is, and which it may use. A new room is a new line; an arrow that is not here
 * needs a reason, see docs/architecture.md.
 */
class ArchitectureTest {

    private static final int MAX_FILES = 20;

    /** From the top down: a room may only use rooms that stand below it, and of these only those named. */
    private static final Map<String, Set<String>> ROOMS = rooms(
            "login: screen.link browser handoff request link authority evidence server",
            "screen: claim screen.partner screen.link browser handoff asking request link consent authority evidence signature passkey detail account permission permission.change personal phoneapp rules text server",
            "screen.partner: partner.revocation partner.provider partner screen.link evidence permission text server",
            "screen.link: browser handoff asking request link evidence detail permission device qr text server",
            "rest.app: amendment claim rest.partner partner rest.browser rest.link rest.tpp rest.answer rest handoff request confirmation signature passkey rules block consent authority evidence push.device device device.attestation hint usercode detail account permission text trace server",
            "rest.partner: partner.provider partner rest.answer rest request authority evidence text server",
            "rest.admin: claim partner rest.admin.claim rest.admin.evidence rest.admin.report report rest.admin.call setup doctor rest device request consent detail permission server rest.admin.destination rest.admin.overview rest.admin.change",
            "rest.admin.overview: rest.admin.call overview registration rest request consent block device outbox detail permission offswitch text server",
            "rest.admin.destination: rest.admin.call rest cloudevent destination server",
            "rest.admin.change: rest.admin.call following rest permission.change server",
            "rest.admin.report: rest.admin.call report rest server",
            "rest.admin.evidence: claim rest.admin.claim request confirmation consent evidence detail permission server",
            "rest.admin.claim: claim consent permission server",
            "rest.admin.call: rest",
            "rest.console: ",
            "kafka: destination server",
            "rest.logo: egress permission offswitch",
            "rest.link: rest handoff browser request link limit evidence place text server",
            "rest.tpp: claim rest request consent detail permission server",
            "rest.watch: rest call server",
            "rest.answer: rest request authority signature rules permission",
            "rest.browser: rest browser link personal phoneapp qr text server",
            "setup: doctor request permission",
            "doctor: partner rest push request detail destination permission personal rules text",
            "rest: registration request signature evidence rules permission device device.attestation offswitch server",
            "rest.report: report server",
            "registration: permission",
            "schema: following report.jpa report partner.jpa partner.revocation partner block.jpa link.jpa request.jpa consent.jpa device.jpa outbox.jpa ciba.ping ciba.repeat logout securityevent upgrade request consent server cloudevent",
            "following: amendment consent permission.change server",
            "overview: push cloudevent request outbox.http outbox block server",
            "upgrade: request consent permission server",
            "monitoring.metrics: request limit consent outbox permission call token server",
            "monitoring: push partner request link limit block consent device usercode permission trace server",
            // under every token and over every request, so above what it looks at; no room calls it
            "safeguard: claim request consent detail permission permission.change rules offswitch standin server",
            "authorization: token request detail permission.change standin server",
            "ciba: claim ciba.request ciba.ping ciba.repeat request limit consent evidence detail rules permission permission.change standin server",
            "report.jpa: report request server",
            "report: request server",
            "ciba.request: claim egress hint usercode detail rules permission standin text server",
            "ciba.ping: request outbox.http outbox offswitch trace server",
            "ciba.repeat: server",
            "push.fcm: push.vendor push device outbox.http egress trace server",
            "push.sns: push.vendor push device outbox.http trace server",
            "push.log: push device",
            "push.vendor: push device outbox server",
            "push.device: push device outbox text server",
            "push: request link limit consent device outbox text api server",
            "cloudevent: destination request consent evidence detail permission outbox server",
            "logout: token consent outbox.http outbox server",
            "securityevent: token consent outbox.http outbox egress server",
            "token.introspection: token consent offswitch",
            "token: amendment claim identity token.stored request consent detail permission permission.change standin offswitch server",
            "token.stored: request consent permission server",
            // the bank's own questions: above requests and consents, which do not know of them
            "amendment: request block consent authority detail permission permission.change offswitch server",
            "handoff: asking request link limit evidence detail permission rules offswitch server",
            "request.jpa: claim request limit consent evidence detail permission trace offswitch lock sql server",
            "request: claim id signature link limit block consent authority evidence detail account permission permission.change rules trace server",
            "confirmation: consent signature evidence detail rules server",
            "asking: claim consent permission server",
            "limit: rules server",
            "browser: link server",
            "link.jpa: link detail sql server",
            "link: detail server",
            "partner.jpa: partner permission server",
            "partner.end: partner.provider partner.revocation partner outbox.http outbox server",
            "partner.provider: partner.revocation partner egress permission server",
            "partner.revocation: outbox server",
            "partner: permission text server",
            "block.jpa: block server",
            "block: server",
            "consent.jpa: id claim consent evidence detail permission.change lock sql server",
            "consent: id claim signature evidence detail permission.change rules server",
            "signature: passkey device device.attestation evidence detail permission rules server",
            "authority: offswitch evidence rules server",
            "usercode: rules server",
            "hint: server",
            "rules:",
            "evidence: detail permission server",
            "personal: detail detail.type permission offswitch",
            "detail.type: detail text server",
            "detail: account text api server",
            "account.http: account bank server",
            "account: permission api server",
            "phoneapp: permission",
            "permission.change: permission server",
            "permission: identity claim text",
            "identity.http: identity bank server",
            "bank: egress server",
            "identity: claim text api server",
            "claim: text",
            "device.jpa: device device.attestation sql server",
            "device: device.attestation api server",
            "device.attestation.android: device.attestation server",
            "device.attestation: api server",
            "passkey: server",
            "outbox.jpa: id outbox outbox.lane sql trace server",
            "outbox.lane:",
            "destination.webhook: destination outbox.http egress server",
            "outbox.http: egress outbox offswitch server",
            "outbox: server",
            "egress: server",
            "destination: api server",
            "offswitch:",
            "place: text api server",
            "text: api server",
            "trace: server",
            "lock: sql server",
            "call: server",
            "qr:",
            "sql:",
            "id:",
            "standin:",
            "api:",
            "server:");

    private static final Pattern ARROW =
            Pattern.compile("^ *io\\.assent\\.([a-z.]+) +-> +io\\.assent\\.([a-z.]+?) .*$", Pattern.MULTILINE);

    @Test
    void everyRoomUsesOnlyWhatItMay() {
        Map<String, Set<String>> arrows = arrows();
        // a guard against a tool that prints something else: the rooms are there, with arrows between them
        assertThat(arrows.keySet()).contains("ciba", "screen", "rest.app", "push.fcm");

        arrows.forEach((room, used) -> assertThat(ROOMS.getOrDefault(room, Set.of()))
                .as("what io.assent.%s may use", room)
                .containsAll(used));
    }

    @Test
    void everyRoomIsInThePlanAndThePlanPointsDown() {
        assertThat(packages().keySet()).containsExactlyInAnyOrderElementsOf(ROOMS.keySet());
        List<String> fromTheTop = new ArrayList<>(ROOMS.keySet());
        ROOMS.forEach((room, used) -> assertThat(used)
                .as("what stands below io.assent.%s", room)
                .allSatisfy(below -> assertThat(fromTheTop.indexOf(below)).isGreaterThan(fromTheTop.indexOf(room))));
    }

    @Test
    void noRoomIsTooBigAndEachSaysWhatItIsFor() {
        packages().forEach((room, files) -> {
            assertThat(files).as("files of io.assent.%s", room).hasSizeLessThanOrEqualTo(MAX_FILES);
            assertThat(files).as("files of io.assent.%s", room).contains("package-info.java");
        });
    }

    private static Map<String, Set<String>> rooms(String... lines) {
        Map<String, Set<String>> rooms = new LinkedHashMap<>();
        for (String line : lines) {
            String[] parts = line.split(":", 2);
            rooms.put(
                    parts[0],
                    Set.of(Stream.of(parts[1].trim().split(" "))
                            .filter(name -> !name.isEmpty())
                            .toArray(String[]::new)));
        }
        return rooms;
    }

    /** By the compiled classes. */
    private static Map<String, Set<String>> arrows() {
        Map<String, Set<String>> arrows = new TreeMap<>();
        StringWriter printed = new StringWriter();
        ToolProvider jdeps = ToolProvider.findFirst("jdeps").orElseThrow();
        List<String> arguments = new ArrayList<>(List.of("-verbose:package", "-filter:none"));
        Sources.DEPLOYED.forEach(module -> arguments.add(
                Sources.ROOT.resolve(module).resolve("target/classes").toString()));
        int status = jdeps.run(new PrintWriter(printed), new PrintWriter(System.err), arguments.toArray(String[]::new));
        assertThat(status).as("jdeps").isZero();
        Matcher matcher = ARROW.matcher(printed.toString());
        while (matcher.find()) {
            if (!matcher.group(1).equals(matcher.group(2))) {
                arrows.computeIfAbsent(matcher.group(1), room -> new TreeSet<>())
                        .add(matcher.group(2));
            }
        }
        return arrows;
    }

    /** The files of each package, by its name. */
    private static Map<String, List<String>> packages() {
        Map<String, List<String>> packages = new TreeMap<>();
        for (String module : Sources.DEPLOYED) {
            Path rooms = Sources.of(module).resolve("io/assent");
            Sources.below(rooms).forEach(file -> packages.computeIfAbsent(
                            rooms.relativize(file.getParent())
                                    .toString()
                                    .replace(file.getFileSystem().getSeparator(), "."),
                            room -> new ArrayList<>())
                    .add(file.getFileName().toString()));
        }
        return packages;
    }
}
