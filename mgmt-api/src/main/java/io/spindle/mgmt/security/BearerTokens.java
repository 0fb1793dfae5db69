package io.spindle.mgmt.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.text.ParseException;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Bearer tokens of an OpenID provider (RFC 7519, RFC 9068): signed with one of its present keys,
 * issued by it, meant for us, in force. Roles come from the claim {@code roles}; the firms whose
 * data the caller may see from {@code owners}, in which {@code "*"} stands for all. A token that
 * lacks either opens nothing.
 */
public final class BearerTokens implements Authenticator {
    private static final Logger LOG = LoggerFactory.getLogger(BearerTokens.class);

    /** Signatures of a provider's own key; never HMAC, whose key we would have to share. */
    private static final Set<JWSAlgorithm> ALGORITHMS =
            Set.of(
                    JWSAlgorithm.RS256,
                    JWSAlgorithm.RS384,
                    JWSAlgorithm.RS512,
                    JWSAlgorithm.PS256,
                    JWSAlgorithm.PS384,
                    JWSAlgorithm.PS512,
                    JWSAlgorithm.ES256,
                    JWSAlgorithm.ES384,
                    JWSAlgorithm.ES512);

    private static final Pattern COMPACT =
            Pattern.compile("[\\w-]{1,4096}\\.[\\w-]{1,8192}\\.[\\w-]{1,2048}");

    /** No token's subject can pass for the name of a key. */
    private static final String NAME_PREFIX = "oidc:";

    private static final Pattern NAME = Pattern.compile("[!-~]{1,200}");
    private static final String ALL_OWNERS = "*";

    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    /**
     * @param keys the provider's signing keys
     * @param audience who we are, as the provider names us
     */
    public BearerTokens(
            final JWKSource<SecurityContext> keys, final String issuer, final String audience) {
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(
                        JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWTClaimsSetVerifier(
                new DefaultJWTClaimsVerifier<>(
                        audience,
                        new JWTClaimsSet.Builder().issuer(issuer).build(),
                        Set.of("sub", "exp", "roles", "owners")));
    }

    @Override
    public Optional<Principal> authenticate(final String token) {
        if (!COMPACT.matcher(token).matches()) {
            return Optional.empty();
        }
        try {
            return principal(processor.process(token, null));
        } catch (final BadJOSEException | ParseException refused) {
            LOG.debug("token refused: {}", refused.getMessage());
            return Optional.empty();
        } catch (final JOSEException unreachable) {
            LOG.warn("tokens cannot be checked: {}", unreachable.getMessage());
            return Optional.empty();
        }
    }

    private static Optional<Principal> principal(final JWTClaimsSet claims) throws ParseException {
        final List<String> named = claims.getStringListClaim("roles");
        final List<String> owners = claims.getStringListClaim("owners");
        final Set<Role> roles = EnumSet.noneOf(Role.class);
        for (final Role role : Role.all()) {
            if (named.contains(role.name().toLowerCase(Locale.ROOT))) {
                roles.add(role);
            }
        }
        if (roles.isEmpty() || owners.isEmpty() || !NAME.matcher(claims.getSubject()).matches()) {
            return Optional.empty();
        }
        return Optional.of(
                new Principal(
                        NAME_PREFIX + claims.getSubject(),
                        roles,
                        owners.contains(ALL_OWNERS) ? Set.of() : new HashSet<>(owners)));
    }
}
