package org.lectern.notification.channel.webpush;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.lectern.notification.secret.Secrets;

/**
 * Encrypts a push message for one browser (RFC 8291): one record of the content coding aes128gcm (RFC 8188). Only the
 * browser can read it, not the push service.
 *
 * <p>Written with the JDK's own cryptography and held to the examples of both RFCs. The libraries looked at (2026-11)
 * bring Bouncy Castle and an HTTP client of their own, which would bypass the SSRF guard, have one maintainer, or need a
 * second library for the token.
 */
final class PushEncryption {

    /** What every push service accepts (RFC 8291 section 4), less header, delimiter and tag. */
    static final int LONGEST_MESSAGE = 4096 - 86 - 1 - 16;

    private static final int SALT_BYTES = 16;
    private static final int RECORD_SIZE = 4096;
    private static final int KEY_BYTES = 16;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final byte LAST_RECORD = 2;

    private PushEncryption() {}

    static byte[] encrypt(byte[] message, Subscription to) {
        return encrypt(message, to, Curve.newPair(), Secrets.random(SALT_BYTES));
    }

    /**
     * @param sender used for this message only
     * @param salt random, used for this message only
     */
    static byte[] encrypt(byte[] message, Subscription to, KeyPair sender, byte[] salt) {
        if (message.length > LONGEST_MESSAGE) {
            throw new IllegalArgumentException("A push message has at most " + LONGEST_MESSAGE + " bytes");
        }
        byte[] senderPoint = Curve.bytes((ECPublicKey) sender.getPublic());
        try {
            KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
            agreement.init(sender.getPrivate());
            agreement.doPhase(to.key(), true);
            byte[] both =
                    concat("WebPush: info\0".getBytes(StandardCharsets.US_ASCII), Curve.bytes(to.key()), senderPoint);
            byte[] keying = derive(agreement.generateSecret(), to.auth(), both, 32);
            return record(message, keying, salt, senderPoint);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A push message cannot be encrypted", e);
        }
    }

    /** The coding aes128gcm with one record (RFC 8188). */
    static byte[] record(byte[] message, byte[] keying, byte[] salt, byte[] keyId) throws GeneralSecurityException {
        byte[] key = derive(keying, salt, info("aes128gcm"), KEY_BYTES);
        byte[] nonce = derive(keying, salt, info("nonce"), NONCE_BYTES);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        byte[] sealed = cipher.doFinal(concat(message, new byte[] {LAST_RECORD}));
        return ByteBuffer.allocate(SALT_BYTES + 4 + 1 + keyId.length + sealed.length)
                .put(salt)
                .putInt(RECORD_SIZE)
                .put((byte) keyId.length)
                .put(keyId)
                .put(sealed)
                .array();
    }

    private static byte[] info(String name) {
        return ("Content-Encoding: " + name + "\0").getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] derive(byte[] secret, byte[] salt, byte[] info, int bytes) throws GeneralSecurityException {
        return KDF.getInstance("HKDF-SHA256")
                .deriveData(HKDFParameterSpec.ofExtract()
                        .addIKM(secret)
                        .addSalt(salt)
                        .thenExpand(info, bytes));
    }

    private static byte[] concat(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteBuffer all = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            all.put(part);
        }
        return all.array();
    }
}
