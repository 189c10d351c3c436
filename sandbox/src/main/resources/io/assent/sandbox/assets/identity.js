// Verified claims about a customer: as a TPP asks for them (OpenID Connect for Identity Assurance 1.0).

/** They are asked for by the parameter `claims`, and never by the permission's name. */
const VERIFIED = "identity.verified";

const ASKED = {
  id_token: {
    verified_claims: {
      verification: { trust_framework: { value: "de_aml" }, time: null },
      claims: {
        age_over_18: { purpose: "To lend to grown-ups alone" },
        nationality: { purpose: "To know which law counts" },
      },
    },
  },
};

/** What comes beside `scope` where verified claims are asked for: `claims`, or nothing. */
export function claimsFor(scopes) {
  return scopes.includes(VERIFIED) ? { claims: JSON.stringify(ASKED) } : {};
}
