import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';

/** An RSA key for tests, and a certificate that it has signed for itself. Nothing trusts it. */
export const rsaPrivateKey = `-----BEGIN PRIVATE KEY-----
MIIEvAIBADANBgkqhkiG9w0BAQEFAASCBKYwggSiAgEAAoIBAQCpJZCSIajHgFpI
qnPuXjna3RF8/lw1TvTqWBuZVLrObOgY5l7p7TJG1ERaPp9hhYypEwP/yLtUyhw3
2lTyc9cq9VHQNW2xqVlAE5sl1mUGPKF2HHlF2FKOXRYtD/ieHIbueRHk401Rqhpd
DHbcg3qWViRbwVAJoo/TJSKb9Ee0cCuSfomJ4UM6U2grIAOmRsmdt9pmWyo33R+X
XbLMAU2v2SdaQcaaS/XYOUO3I0sFCKrOTFBT65b4OcesQr/gGuRk8BDAGxZ6ELUR
AKwpTzoMYk7bRyjYpKnlitN2oCOXuwWUpun836f6XfdLL6xU67ouaw7hlHCo7M2f
P3ZlWXg9AgMBAAECggEAHw/sNP3T7DEsw0/0IsfwiXoUCld+0PZbQUblaJrYBG0Z
EWuK7hwWYc388HK0G7lmC62XjCtNhaRpGrOwambuEnBDMkCBkMEICB2hngj5e/P5
9cIEXlh7zrOXDTbz4ftcpyIaMGWyrwbVORW/JT9K7Z1Lp4MAYwiUr4KQEMJDQcYT
mgnStjJIQYx2pG3JkgBDj+bfMKPlkFNFLxsIXG2wFvx2RXRR12SVrKESU1gmPJKr
sTZF8Ru7laPQF1PijuxmdR55eET42yo5v5lzhGnW8eyuNZqTGvb8hoRRTeMazTje
3uaXhOrFYYz0jHv+XfXLxaDTJjTF1tyhjpaimmBskQKBgQDsUpgQKjQ66dd4VJWe
lpjXXPHAPY5Cb0b7nniSol3/wuvR5mbmA0o2zbewuRVQYLHD2wQrdDOX/6OBXAxM
I19AJza/zGHHb1VjfL+elHi80P2QWbfxq6TxPrr5dmCatCzWxC5/Chk2SQx4+j9a
rdbfkpzQ+PHAudxPl74qbxBo8QKBgQC3OxARuyl2b+rzYGoYUg2p7bkkFliaSgMz
h3lnywYtHehNluWTWHd+s+r8+IvF7ZUQ3fVhlrgCAT25ed3qI+MISyA/0YmbMEtX
Ehqq1Zg83F0DwgfZRPrW/+3yxDqmJ+vr6WfrKdxJytYRNAv1UR9bV2bex45AFAXt
f/aPEOZkDQKBgD13hiG+OHOSWv7rUTc8iGiLvj14RUY2V0oe/9Fz9esOMfQYb28o
L+dtPnfyy/5qCBKfJsh+ouTIEykUXgZ3tNCk4nKkoFIVPSpxSg3fJEBIQ4uGKnfr
Yy10WYGFLr9OWdNKl6VnZQNfoKTewhe924OvSKZ5+bddIFZ7a3TyClyhAoGAYdRA
FSd30Muah00P+GI+9158fj8MGXywzt9jO76TUp1oPZz2gEA4tMZ9DYnqnsfl0fag
H/Wn0zI0cYYWrP9yJShvVIOc0+XqI9f/svyN5tjFNM9w/1ksEITe18JbigFAnlml
aVKVUjThLJg8VkN02YEF5KZpVd8a9x5eVy5vxDUCgYBIsNrukSjz+dNmAr9ckpAN
Wgb4tW+hygQIYrsNRmdfq5678j4lXLlMo0t9IntRxU19kXzO7k2/QxnaVdfEW1NI
f/ddCmE5LD3LZfMh4ZvrBuA/3VyFgks0vpDI26D1jJ9jE/6qxRK+9bqMnpvQxonv
ctviEb0RuFXiiM0/Yoad4Q==
-----END PRIVATE KEY-----
`;

export const rsaCertificate = `-----BEGIN CERTIFICATE-----
MIIDGTCCAgGgAwIBAgIUImuw8VU3RXxjMP3V9dYDdJvGUzswDQYJKoZIhvcNAQEL
BQAwGzEZMBcGA1UEAwwQc21hcnR3cmlnaHQgdGVzdDAgFw0yNjExMjQxMTQ0NDNa
GA8yMTI2MTAzMTExNDQ0M1owGzEZMBcGA1UEAwwQc21hcnR3cmlnaHQgdGVzdDCC
ASIwDQYJKoZIhvcNAQEBBQADggEPADCCAQoCggEBAKklkJIhqMeAWkiqc+5eOdrd
EXz+XDVO9OpYG5lUus5s6BjmXuntMkbURFo+n2GFjKkTA//Iu1TKHDfaVPJz1yr1
UdA1bbGpWUATmyXWZQY8oXYceUXYUo5dFi0P+J4chu55EeTjTVGqGl0MdtyDepZW
JFvBUAmij9MlIpv0R7RwK5J+iYnhQzpTaCsgA6ZGyZ232mZbKjfdH5ddsswBTa/Z
J1pBxppL9dg5Q7cjSwUIqs5MUFPrlvg5x6xCv+Aa5GTwEMAbFnoQtREArClPOgxi
TttHKNikqeWK03agI5e7BZSm6fzfp/pd90svrFTrui5rDuGUcKjszZ8/dmVZeD0C
AwEAAaNTMFEwHQYDVR0OBBYEFLHOqsm2LLK6CUUglNF8DS5oLau6MB8GA1UdIwQY
MBaAFLHOqsm2LLK6CUUglNF8DS5oLau6MA8GA1UdEwEB/wQFMAMBAf8wDQYJKoZI
hvcNAQELBQADggEBACmzMdEXbWi79h0jyE/D3Qn4COZB55gTSNh2vZffn61IBg1R
pphpAVQJMJxYlgHaVlg9pdhwTAABl7FCFKkVBfQsiYp7A7N6jikc8QNdPRkYMlQl
EK5XwZ0WNTtYoRyfpT8gP75lB6dUsc54P06AbYrM1tnVVlkIDKUH4lO16FGRa7mc
0h8friwtf9CgoVfd022sQxCWFMHfaNc7CHhhK9H4wD8bqTreR80ctOvkr2ssc8UQ
VJFNbiQjApJkb+iMtHReC8Uo18F9nl6Hvyovn7gUyoeOTB9DDw9H3Iggxu4e0sft
q4uoVZlQhj/ueKuF4/jTvZ0ee4t34wFK/dvZ+Cg=
-----END CERTIFICATE-----
`;

/** The public key, as a provider registers it. */
export const rsaPublicJwk = createPublicKey(createPrivateKey(rsaPrivateKey)).export({ format: 'jwk' });

const base64url = (hex: string): string => Buffer.from(hex.replaceAll(':', ''), 'hex').toString('base64url');

/** SHA-256 and SHA-1 of the certificate (RFC 7515 §4.1.7, §4.1.8). */
export const thumbprints = {
  'x5t#S256': base64url(new X509Certificate(rsaCertificate).fingerprint256),
  x5t: base64url(new X509Certificate(rsaCertificate).fingerprint),
};
