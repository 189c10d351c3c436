import CryptoKit
import Foundation
import LocalAuthentication
import Security

/// The key by which this installation signs. Its private half never leaves the Secure Enclave.
///
/// App Attest (`DCAppAttestService`) says of another key, its own, that it belongs to a genuine app: it is no statement
/// about this one, so that the attestation that is sent is `none`. A bank that wants more binds the two: the client data
/// of `attestKey` is the server's challenge with this key's thumbprint, and a provider `DeviceAttestationVerifier` of its
/// own checks it.
struct EnclaveKey {
    /// A handle that only this phone's Secure Enclave can use. It is kept in the keychain, not in a backup.
    let handle: Data

    static func create() throws -> EnclaveKey {
        var error: Unmanaged<CFError>?
        // each signature takes a face or a finger; another face or finger than now ends the key, and so does no passcode
        guard let access = SecAccessControlCreateWithFlags(
            nil,
            kSecAttrAccessibleWhenPasscodeSetThisDeviceOnly,
            [.privateKeyUsage, .biometryCurrentSet],
            &error
        ) else {
            throw error!.takeRetainedValue() as Error
        }
        return EnclaveKey(handle: try SecureEnclave.P256.Signing.PrivateKey(accessControl: access).dataRepresentation)
    }

    func publicKey() throws -> P256.Signing.PublicKey {
        try SecureEnclave.P256.Signing.PrivateKey(dataRepresentation: handle).publicKey
    }

    /// Asks for a face or a finger, and signs one text. `title` is what the customer is about to do, as "Pay €12.50 to
    /// Merchant A". Throws `LAError` where the customer gave up, and `KeyLost`.
    func sign(_ title: String, _ toSign: ([String]) -> ToSign) async throws -> String {
        let context = LAContext()
        _ = try await context.evaluatePolicy(.deviceOwnerAuthenticationWithBiometrics, localizedReason: title)
        do {
            let key = try SecureEnclave.P256.Signing.PrivateKey(dataRepresentation: handle, authenticationContext: context)
            return try toSign(EnclaveKey.methods(context.biometryType)).jws(by: key)
        } catch {
            throw KeyLost()
        }
    }

    /// As RFC 8176 calls them.
    private static func methods(_ biometry: LABiometryType) -> [String] {
        switch biometry {
        case .faceID: return ["face", "hwk"]
        case .touchID: return ["fpt", "hwk"]
        case .opticID: return ["iris", "hwk"]
        default: return ["hwk"]
        }
    }
}

/// The customer was verified, and the key does not sign all the same: there is another face or finger than when it was
/// made.
struct KeyLost: Error {}
