package io.assent.verifier;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Says whether a file of evidence holds: {@code FILE [--jwks FILE] [--issuer URL]… [--origin ORIGIN]…}.
 *
 * <p>Exits with {@value #HOLDS} and a report where all of it holds, with {@value #FLAWED} and the first thing that does
 * not, and with {@value #UNREADABLE} where a file can't be read or the call is none.
 */
public final class EvidenceVerifier {

    static final int HOLDS = 0;
    static final int FLAWED = 1;
    static final int UNREADABLE = 2;

    private static final String USAGE = """
            Usage: verify-evidence FILE [--jwks FILE] [--issuer URL]... [--origin ORIGIN]...

              FILE             the evidence, as the staff API gave it
              --jwks FILE      the realm's public keys, to check that the realm sealed it
              --issuer URL     one that the realm had when the customer answered, if it has another one by now
              --origin ORIGIN  one that the realm allowed for passkeys beside its own sites' (Extra origins)""";

    private final PrintStream out;
    private final PrintStream err;

    EvidenceVerifier(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** @param args as the class says */
    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        System.exit(new EvidenceVerifier(out, err).run(args));
    }

    int run(String... args) {
        Optional<CommandLine> line = CommandLine.parse(args);
        if (line.isEmpty()) {
            err.println(USAGE);
            return UNREADABLE;
        }
        SmallFile evidence = SmallFile.read(line.get().file());
        if (evidence instanceof SmallFile.Unreadable unreadable) {
            return refuse(unreadable);
        }
        Optional<SmallFile> keys = line.get().jwks().map(SmallFile::read);
        if (keys.isPresent() && keys.get() instanceof SmallFile.Unreadable unreadable) {
            return refuse(unreadable);
        }
        Optional<RealmKeys> realmKeys = keys.flatMap(file -> RealmKeys.parse(((SmallFile.Content) file).bytes()));
        if (keys.isPresent() && realmKeys.isEmpty()) {
            err.println("The file with the realm's keys is no JWK set (RFC 7517, section 5).");
            return UNREADABLE;
        }
        Verification verification =
                new Verification(realmKeys, line.get().issuers(), line.get().origins());
        return tell(verification.of(((SmallFile.Content) evidence).bytes()));
    }

    private int refuse(SmallFile.Unreadable unreadable) {
        err.println(unreadable.why());
        return UNREADABLE;
    }

    private int tell(Verdict verdict) {
        if (verdict instanceof Verdict.Flawed flawed) {
            err.println("The evidence does NOT hold: " + OneLine.of(flawed.what()));
            return FLAWED;
        }
        ((Verdict.Holds) verdict).report().forEach(line -> out.println(OneLine.of(line)));
        return HOLDS;
    }
}
