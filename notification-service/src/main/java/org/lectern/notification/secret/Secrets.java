package org.lectern.notification.secret;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts with AES-256-GCM (NIST SP 800-38D) under a key from the environment. A sealed text names its key, so that
 * keys can be rotated. It is bound to its owner: copied to another row it cannot be opened.
 */
@ApplicationScoped
public class Secrets {

    private static final String FORMAT = "v1";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_BYTES = 32;

    /** The length of signatures. */
    public static final int SIGNATURE_BYTES = 16;

    /** The authentication tag of hidden content; the shortest that RFC 2104 section 5 allows. */
    private static final int TAG_BYTES = 10;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Map<String, SecretKey> keys = new LinkedHashMap<>();
    /** Derived keys per key and purpose, cached because each outgoing notice has a signed link. */
    private final Map<Purpose, SecretKey> derived = new ConcurrentHashMap<>();

    private record Purpose(String name, SecretKey key) {}

    @Inject
    Secrets(SecretsConfig config) {
        this(config.keys().orElse(List.of()));
    }

    /** @param entries the keys, in the form of {@code lectern.secrets.keys} */
    public Secrets(List<String> entries) {
        for (String entry : entries) {
            int colon = entry.indexOf(':');
            byte[] key = decoded(entry.substring(colon + 1));
            if (colon < 1 || entry.substring(0, colon).contains(".") || key.length != KEY_BYTES) {
                throw new IllegalArgumentException("lectern.secrets.keys: each must be id:base64 of 32 bytes");
            }
            if (keys.put(entry.substring(0, colon), new SecretKeySpec(key, "AES")) != null) {
                throw new IllegalArgumentException("lectern.secrets.keys: two keys have the same id");
            }
        }
    }

    public static byte[] random(int bytes) {
        byte[] drawn = new byte[bytes];
        RANDOM.nextBytes(drawn);
        return drawn;
    }

    /** Encrypts for that owner. */
    public String seal(String plain, UUID owner) {
        var current = keys.entrySet().stream()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("lectern.secrets.keys is not set"));
        byte[] nonce = random(NONCE_BYTES);
        byte[] sealed = run(
                Cipher.ENCRYPT_MODE,
                current.getValue(),
                nonce,
                current.getKey(),
                owner,
                plain.getBytes(StandardCharsets.UTF_8));
        byte[] both = ByteBuffer.allocate(nonce.length + sealed.length)
                .put(nonce)
                .put(sealed)
                .array();
        return FORMAT + "." + current.getKey() + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(both);
    }

    /**
     * Decrypts for that owner.
     *
     * @throws IllegalStateException if the key is missing, or the text was changed or sealed for another owner
     */
    public String open(String sealed, UUID owner) {
        String[] parts = sealed.split("\\.", 3);
        SecretKey key = parts.length == 3 && parts[0].equals(FORMAT) ? keys.get(parts[1]) : null;
        if (key == null) {
            throw new IllegalStateException("The key of a secret is not among lectern.secrets.keys");
        }
        byte[] both = decoded(parts[2]);
        if (both.length < NONCE_BYTES) {
            throw new IllegalStateException("A secret is damaged");
        }
        byte[] nonce = Arrays.copyOf(both, NONCE_BYTES);
        byte[] rest = Arrays.copyOfRange(both, NONCE_BYTES, both.length);
        return new String(run(Cipher.DECRYPT_MODE, key, nonce, parts[1], owner, rest), StandardCharsets.UTF_8);
    }

    /** The prefix of every text that the present key sealed; empty without a key. */
    public Optional<String> sealedWithPresentKey() {
        return keys.keySet().stream().findFirst().map(id -> FORMAT + "." + id + ".");
    }

    /**
     * A signature of that content for that purpose, which only this service can create. It is the first half of an
     * HMAC-SHA256, the shortest that RFC 2104 section 5 allows, because it is part of links in text messages.
     */
    public byte[] sign(String purpose, byte[] content) {
        SecretKey current = keys.values().stream()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("lectern.secrets.keys is not set"));
        return mac(current, purpose, content);
    }

    /** Whether this service created that signature for that purpose, with any known key. */
    public boolean signed(String purpose, byte[] content, byte[] signature) {
        boolean genuine = false;
        for (SecretKey key : keys.values()) {
            genuine |= MessageDigest.isEqual(mac(key, purpose, content), signature);
        }
        return genuine;
    }

    /**
     * Encrypts and authenticates up to 16 bytes for that purpose, without a nonce: the same content always gives the
     * same {@code 10 + n} bytes. A tag of the content serves as the synthetic initialisation vector (RFC 5297).
     */
    public byte[] hide(String purpose, byte[] content) {
        SecretKey current = keys.values().stream()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("lectern.secrets.keys is not set"));
        byte[] tag = Arrays.copyOf(mac(current, purpose, content), TAG_BYTES);
        return ByteBuffer.allocate(TAG_BYTES + content.length)
                .put(tag)
                .put(padded(current, purpose, tag, content))
                .array();
    }

    /** Decrypts hidden content of that purpose with any known key; empty for other bytes. */
    public Optional<byte[]> reveal(String purpose, byte[] hidden) {
        if (hidden.length <= TAG_BYTES || hidden.length > TAG_BYTES + SIGNATURE_BYTES) {
            return Optional.empty();
        }
        byte[] tag = Arrays.copyOf(hidden, TAG_BYTES);
        byte[] rest = Arrays.copyOfRange(hidden, TAG_BYTES, hidden.length);
        Optional<byte[]> found = Optional.empty();
        for (SecretKey key : keys.values()) {
            byte[] content = padded(key, purpose, tag, rest);
            if (MessageDigest.isEqual(Arrays.copyOf(mac(key, purpose, content), TAG_BYTES), tag)) {
                found = Optional.of(content);
            }
        }
        return found;
    }

    private byte[] padded(SecretKey key, String purpose, byte[] tag, byte[] content) {
        if (content.length > SIGNATURE_BYTES) {
            throw new IllegalArgumentException("At most " + SIGNATURE_BYTES + " bytes can be hidden");
        }
        byte[] pad = mac(key, purpose + " pad", tag);
        byte[] result = new byte[content.length];
        for (int i = 0; i < content.length; i++) {
            result[i] = (byte) (content[i] ^ pad[i]);
        }
        return result;
    }

    /** Uses a key derived for the purpose (RFC 5869), so that a signature is valid for one purpose only. */
    private byte[] mac(SecretKey key, String purpose, byte[] content) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(derived.computeIfAbsent(new Purpose(purpose, key), Secrets::derive));
            return Arrays.copyOf(mac.doFinal(content), SIGNATURE_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM lacks HMAC-SHA256", e);
        }
    }

    private static SecretKey derive(Purpose purpose) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            "HmacSHA256",
                            HKDFParameterSpec.ofExtract()
                                    .addIKM(purpose.key())
                                    .thenExpand(
                                            ("lectern " + purpose.name()).getBytes(StandardCharsets.UTF_8), KEY_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM lacks HKDF-SHA256", e);
        }
    }

    private static byte[] run(int mode, SecretKey key, byte[] nonce, String keyId, UUID owner, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD((FORMAT + "." + keyId + "." + owner).getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "A secret cannot be " + (mode == Cipher.ENCRYPT_MODE ? "sealed" : "opened"));
        }
    }

    private static byte[] decoded(String base64) {
        try {
            return base64.indexOf('-') >= 0 || base64.indexOf('_') >= 0
                    ? Base64.getUrlDecoder().decode(base64)
                    : Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
