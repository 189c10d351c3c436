// Errors, in words.

/** What the server answered, or why it could not be asked; the message is for people. */
export class Problem extends Error {
  /**
   * @param name the last part of the problem's type, or the OAuth error code
   * @param status the HTTP status; 0 where there was no answer
   * `triesLeft` says how often a number may still be typed, where the answer did
   */
  constructor(name, status, message) {
    super(message);
    this.name = name;
    this.status = status;
  }

  static offline() {
    return new Problem("offline", 0, "The bank can't be reached. Check that the server runs, then try again.");
  }

  static loginExpired() {
    return new Problem("login-expired", 401, "Your login expired. Please log in again.");
  }

  /** From an answer that is not 2xx: application/problem+json (RFC 9457), or an OAuth error. */
  static async from(response) {
    const body = await response.json().catch(() => ({}));
    const name = body.type?.replace("urn:assent:problem:", "") ?? body.error ?? "unexpected";
    const detail = body.detail ?? body.error_description ?? body.title ?? body.error;
    const problem = new Problem(name, response.status, WORDS[name] ?? detail ?? `The server answered ${response.status}.`);
    problem.triesLeft = body.triesLeft;
    return problem;
  }
}

/** Where a customer needs other words than a developer. */
const WORDS = {
  "already-decided": "You already answered this request, and the first answer stands.",
  expired: "Time ran out before you answered. Ask the company to try again.",
  "not-found": "This request is not there any more.",
};

/** fetch, but when nobody answers it fails with a Problem. */
export async function reach(path, options) {
  try {
    return await fetch(path, options);
  } catch (error) {
    throw error instanceof TypeError ? Problem.offline() : error;
  }
}
