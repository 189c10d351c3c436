// The story of the demo: what is said, and what somebody then does on the phone or at the TPP. Each step's words are
// `demo.<name>`; "await" waits until something can be seen, "press" presses it, "type" types.

const ON_PHONE = "phone";
const AT_TPP = "tpp";

const press = (on, selector, named) => ({ do: "press", on, selector, named });
const type = (on, selector, text) => ({ do: "type", on, selector, text });
const choose = (on, selector, text) => ({ do: "choose", on, selector, text });
const awaits = (on, selector) => ({ do: "await", on, selector });
/** Where it is there: an earlier demo may have left the customer logged in. */
const unless = (on, selector, steps) => ({ do: "unless", on, selector, steps });

const HOME = "#home-title";
const PUSH = "#notifications .notification";
const GO_HOME = "section:not([hidden]) > [data-go=home]";

export const STORY = [
  { say: "welcome", acts: [awaits(ON_PHONE, `#log-in, ${HOME}`), awaits(AT_TPP, "#ask")] },
  {
    say: "log-in",
    acts: [
      unless(ON_PHONE, HOME, [
        press(ON_PHONE, "#log-in"),
        awaits(ON_PHONE, `#username, ${HOME}`),
        unless(ON_PHONE, HOME, [
          type(ON_PHONE, "#username", "alice"),
          type(ON_PHONE, "#password", "alice"),
          press(ON_PHONE, "#kc-login"),
        ]),
      ]),
      awaits(ON_PHONE, HOME),
      // registered, and listening for pushes
      awaits(ON_PHONE, "#connection:not(:empty)"),
    ],
  },
  { say: "ask", acts: [choose(AT_TPP, "#client", "acme-aisp"), press(AT_TPP, "#ask"), awaits(AT_TPP, "#state[data-state=waiting]")] },
  { say: "push", acts: [awaits(ON_PHONE, PUSH)] },
  { say: "look", acts: [press(ON_PHONE, PUSH), awaits(ON_PHONE, "#approve")] },
  { say: "part", acts: [press(ON_PHONE, "#request-body input[value='accounts.balances']")] },
  { say: "approve", acts: [press(ON_PHONE, "#approve"), awaits(ON_PHONE, "#outcome-body .outcome.approved")] },
  { say: "token", acts: [awaits(AT_TPP, "#tokens")] },
  { say: "standing", acts: [press(ON_PHONE, GO_HOME), awaits(ON_PHONE, "#companies .item")] },
  {
    say: "payment",
    acts: [
      choose(AT_TPP, "#client", "orbit-pisp"),
      press(AT_TPP, "[name=scope][value='accounts.balances']"),
      press(AT_TPP, "#payment-asked"),
      press(AT_TPP, "#ask"),
      awaits(AT_TPP, "#state[data-state=waiting]"),
      awaits(ON_PHONE, PUSH),
    ],
  },
  { say: "exactly", acts: [press(ON_PHONE, PUSH), awaits(ON_PHONE, "#approve")] },
  {
    say: "sign",
    acts: [
      press(ON_PHONE, "input[name=accounts-0]"),
      press(ON_PHONE, "#approve"),
      awaits(ON_PHONE, "#finger-touch"),
    ],
  },
  { say: "finger", acts: [press(ON_PHONE, "#finger-touch"), awaits(ON_PHONE, "#outcome-body .outcome.approved")] },
  { say: "pay", acts: [awaits(AT_TPP, "#pay"), press(AT_TPP, "#pay"), awaits(AT_TPP, "#paid:not(:empty)")] },
  { say: "company", acts: [press(ON_PHONE, GO_HOME), press(ON_PHONE, "#companies .item", "Acme Budget"), awaits(ON_PHONE, "#take-back")] },
  {
    say: "take-back",
    acts: [
      press(ON_PHONE, "#take-back"),
      press(ON_PHONE, "#question button[value=take-back]"),
      awaits(ON_PHONE, "#outcome-body .outcome.ended"),
    ],
  },
  { say: "end", acts: [] },
];
