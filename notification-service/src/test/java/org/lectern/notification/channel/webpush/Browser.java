package org.lectern.notification.channel.webpush;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.lectern.notification.secret.Secrets;

/** A browser with a subscription: it decrypts what its push service received, by code of its own (RFC 8291, 8188). */
final class Browser {

    private final KeyPair pair = Curve.newPair();
    private final byte[] auth = Secrets.random(16);

    String keys() {
        return Subscription.encoded(point()) + "." + Subscription.encoded(auth);
    }

    private byte[] point() {
        return Curve.bytes((ECPublicKey) pair.getPublic());
    }

    String reads(byte[] octets) throws GeneralSecurityException {
        ByteBuffer in = ByteBuffer.wrap(octets);
        byte[] salt = new byte[16];
        in.get(salt);
        int size = in.getInt();
        byte[] sender = new byte[in.get()];
        in.get(sender);
        byte[] sealed = new byte[in.remaining()];
        in.get(sealed);
        if (octets.length > size) {
            throw new GeneralSecurityException("more than one record");
        }
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(pair.getPrivate());
        agreement.doPhase(Curve.point(sender), true);
        byte[] info = concat("WebPush: info\0".getBytes(StandardCharsets.US_ASCII), point(), sender);
        byte[] keying = hkdf(auth, agreement.generateSecret(), info, 32);
        byte[] key = hkdf(salt, keying, "Content-Encoding: aes128gcm\0".getBytes(StandardCharsets.US_ASCII), 16);
        byte[] nonce = hkdf(salt, keying, "Content-Encoding: nonce\0".getBytes(StandardCharsets.US_ASCII), 12);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
        byte[] padded = cipher.doFinal(sealed);
        int end = padded.length - 1;
        while (padded[end] == 0) {
            end--;
        }
        if (padded[end] != 2) {
            throw new GeneralSecurityException("not the last record");
        }
        return new String(padded, 0, end, StandardCharsets.UTF_8);
    }

    /** RFC 5869 with one block. */
    private static byte[] hkdf(byte[] salt, byte[] secret, byte[] info, int bytes) throws GeneralSecurityException {
        return Arrays.copyOf(mac(mac(salt, secret), concat(info, new byte[] {1})), bytes);
    }

    private static byte[] mac(byte[] key, byte[] content) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(content);
    }

    private static byte[] concat(byte[]... parts) {
        ByteBuffer all = ByteBuffer.allocate(
                Arrays.stream(parts).mapToInt(part -> part.length).sum());
        for (byte[] part : parts) {
            all.put(part);
        }
        return all.array();
    }
}
