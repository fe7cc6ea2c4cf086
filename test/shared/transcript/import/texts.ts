/** Owns: what real programs wrote, as the samples of the readers' tests. Certificates are shortened. */

export const swaksTls = `=== Trying 127.0.0.1:587...
=== Connected to 127.0.0.1.
<-  220 mx.peer.test ESMTP Postfix
 -> EHLO vm
<-  250-mx.peer.test
<-  250-STARTTLS
<-  250 CHUNKING
 -> STARTTLS
<-  220 2.0.0 Ready to start TLS
=== TLS started with cipher TLSv1.3:TLS_AES_256_GCM_SHA384:256
=== TLS no local certificate set
=== TLS peer DN="/C=DE/CN=mx.peer.test"
 ~> EHLO vm
<~  250-mx.peer.test
<~  250 AUTH PLAIN LOGIN
 ~> AUTH LOGIN
<~  334 VXNlcm5hbWU6
 ~> dXNlckBteC5wZWVyLnRlc3Q=
<~  334 UGFzc3dvcmQ6
 ~> c2VjcmV0IHcwcmQ=
<~  235 2.7.0 Authentication successful
 ~> MAIL FROM:<a@b.test>
<~  250 2.1.0 Ok
 ~> RCPT TO:<box@box.test>
<~* 550 5.1.1 <box@box.test>: no such user
*** This is a test
 ~> RCPT TO:<two@box.test>
<~  250 2.1.5 Ok
 ~> DATA
<~  354 End data with <CR><LF>.<CR><LF>
 ~> Subject: test
 ~> 
 ~> ..dot
 ~> 
 ~> .
<~  250 2.0.0 Ok: queued as CD6E42109B6
 ~> QUIT
<~  221 2.0.0 Bye
=== Connection closed with remote host.
`

export const opensslStarttls = `depth=1 CN = Test CA
verify error:num=19:self-signed certificate in certificate chain
verify return:1
CONNECTED(00000003)
---
Certificate chain
 0 s:CN = mx.peer.test
   i:CN = Test CA
   a:PKEY: id-ecPublicKey, 256 (bit); sigalg: ecdsa-with-SHA256
   v:NotBefore: Nov 22 02:17:11 2026 GMT; NotAfter: Dec 22 02:17:11 2026 GMT
---
Server certificate
-----BEGIN CERTIFICATE-----
MIIBujCCAV+gAwIBAgIUIOWOy1gWYsKap5QykIvfHNxrHyAwCgYIKoZIzj0EAwIw
l2wepBe4aapIbbxDj6U=
-----END CERTIFICATE-----
subject=CN = mx.peer.test
issuer=CN = Test CA
---
No client certificate CA names sent
Server Temp Key: X25519, 253 bits
---
SSL handshake has read 1429 bytes and written 410 bytes
Verification error: self-signed certificate in certificate chain
---
New, TLSv1.3, Cipher is TLS_AES_256_GCM_SHA384
Secure Renegotiation IS NOT supported
Verify return code: 19 (self-signed certificate in certificate chain)
---
250 CHUNKING
EHLO me.test
250-mx.peer.test
250 AUTH PLAIN
AUTH PLAIN AHVzZXIAc2VjcmV0IHcwcmQ=
235 2.7.0 Authentication successful
mail from:<a@b.test>
250 2.1.0 Ok
rcpt to:<box@box.test>
250 2.1.5 Ok
data
354 End data with <CR><LF>.<CR><LF>
Subject: x

---
Post-Handshake New Session Ticket arrived:
SSL-Session:
    Protocol  : TLSv1.3
    Resumption PSK: 68C2BD340D4D83719B0825E10B62C131E7736D0DB59B3A134026471533E0EF37BEF4A296F6BD847F
    TLS session ticket:
    0000 - 23 b9 0d 2d bf 39 a7 66-68 a1 71 90 2e cb 2f 6d   #..-.9.fh.q.../m
---
read R BLOCK
hello
---
.
250 2.0.0 Ok: queued as 1CDDA210533
quit
221 2.0.0 Bye
closed
`

export const telnetText = `$ telnet mail.example.com 25
Trying 192.0.2.25...
Connected to mail.example.com.
Escape character is '^]'.
220 mail.example.com ESMTP
helo mee\b\b\b\u001b[Kme
250 mail.example.com
XYZZY
502 5.5.2 Error: command not recognized
AUTH LOGIN
334 VXNlcm5hbWU6
am9obg==
334 UGFzc3dvcmQ6
aHVudGVyMi14eXo=
535 5.7.8 authentication failed, hunter2-xyz is wrong
mail from:<a@example.org>
250 2.1.0 Ok
rcpt to:<b@example.com>
250 2.1.5 Ok
data
354 go ahead
Subject: hi

250 bottles stand on the wall
.
250 2.0.0 queued
quit
221 Bye
Connection closed by foreign host.
`

const at = 'Nov 22 02:17:45 mx postfix'
export const postfixVerbose = `${at}/smtpd[63]: connect from localhost[127.0.0.1]
${at}/smtpd[63]: > localhost[127.0.0.1]: 220 mx.peer.test ESMTP Postfix
${at}/smtpd[63]: watchdog_pat: 0x560fd8d5d560
${at}/smtpd[63]: < localhost[127.0.0.1]: EHLO vm
${at}/smtpd[63]: > localhost[127.0.0.1]: 250-mx.peer.test
${at}/smtpd[63]: > localhost[127.0.0.1]: 250 AUTH LOGIN
${at}/smtpd[63]: < localhost[127.0.0.1]: AUTH LOGIN
${at}/smtpd[63]: > localhost[127.0.0.1]: 334 VXNlcm5hbWU6
${at}/smtpd[63]: < localhost[127.0.0.1]: dXNlcg==
${at}/smtpd[63]: xsasl_cyrus_server_next: decoded response: user
${at}/smtpd[63]: > localhost[127.0.0.1]: 334 UGFzc3dvcmQ6
${at}/smtpd[63]: < localhost[127.0.0.1]: c2VjcmV0IHcwcmQ=
${at}/smtpd[63]: xsasl_cyrus_server_next: decoded response: secret w0rd
${at}/smtpd[63]: > localhost[127.0.0.1]: 235 2.7.0 Authentication successful
${at}/smtpd[63]: < localhost[127.0.0.1]: MAIL FROM:<a@b.test>
${at}/smtpd[63]: > localhost[127.0.0.1]: 250 2.1.0 Ok
${at}/smtpd[64]: connect from unknown[192.0.2.7]
${at}/smtpd[63]: < localhost[127.0.0.1]: RCPT TO:<box@box.test>
${at}/smtpd[63]: > localhost[127.0.0.1]: 250 2.1.5 Ok
${at}/smtpd[63]: < localhost[127.0.0.1]: DATA
${at}/smtpd[63]: > localhost[127.0.0.1]: 354 End data with <CR><LF>.<CR><LF>
${at}/cleanup[70]: 6C21B210A74: message-id=<1@vm>
${at}/smtpd[63]: 6C21B210A74: client=localhost[127.0.0.1]
${at}/smtpd[63]: > localhost[127.0.0.1]: 250 2.0.0 Ok: queued as 6C21B210A74
Nov 22 02:17:46 mx postfix/qmgr[65]: 6C21B210A74: from=<a@b.test>, size=419, nrcpt=1 (queue active)
Nov 22 02:17:46 mx postfix/smtpd[63]: < localhost[127.0.0.1]: QUIT
Nov 22 02:17:46 mx postfix/smtpd[63]: > localhost[127.0.0.1]: 221 2.0.0 Bye
Nov 22 02:17:46 mx postfix/smtpd[63]: disconnect from localhost[127.0.0.1] ehlo=1 auth=1 mail=1 rcpt=1 data=1 quit=1 commands=6
Nov 22 02:17:47 mx postfix/smtpd[64]: SSL_accept error from unknown[192.0.2.7]: lost connection
Nov 22 02:17:47 mx postfix/smtpd[64]: lost connection after STARTTLS from unknown[192.0.2.7]
Nov 22 02:17:47 mx postfix/smtpd[64]: disconnect from unknown[192.0.2.7] ehlo=1 starttls=0/1 commands=1/2
`

/** As smtp4dev writes it: both sides' lines in turn, nothing between them. */
export const smtp4devLog = `220 desk smtp4dev ready
EHLO client
250-Nice to meet you.
250-8BITMIME
250 STARTTLS
STARTTLS
220 Ready to start TLS
EHLO client
250-Nice to meet you.
250 AUTH PLAIN LOGIN
AUTH PLAIN AGpvaG4AaHVudGVyMg==
235 Authenticated OK
MAIL FROM:<ana@lab.local>
250 New message started
RCPT TO:<bruno@lab.local>
250 Recipient accepted
DATA
354 End message with period
Subject: Test

Ola
.
250 Mail accepted
QUIT
221 Goodbye
`.replaceAll('\n', '\r\n')
