/** Owns: details of enhanced status codes with the subject 7: security and policy. */
import type { EnhancedDetail, Reference } from './types.ts'

const row = (key: `7.${number}`, name: string, words: string, reference: Reference): EnhancedDetail => ({
  key,
  name,
  words,
  reference,
})

export const policyStatus: readonly EnhancedDetail[] = [
  row(
    '7.0',
    'Other security status',
    'Nothing more exact is said, or policy forbids to say more.',
    'RFC 3463 §3.8',
  ),
  row(
    '7.1',
    'Not authorized, refused',
    'Policy does not allow it: this sender may not send to this recipient, or not through here.',
    'RFC 3463 §3.8',
  ),
  row('7.2', 'List expansion prohibited', 'The sender may not write to this mailing list.', 'RFC 3463 §3.8'),
  row(
    '7.3',
    'Security conversion not possible',
    'The message would have to change from one kind of protection to another, and cannot.',
    'RFC 3463 §3.8',
  ),
  row(
    '7.4',
    'Security feature not supported',
    'The message needs a protection that the server does not support.',
    'RFC 3463 §3.8',
  ),
  row(
    '7.5',
    'Cryptographic failure',
    'A signature or encryption could not be handled: a key or information is missing or wrong.',
    'RFC 3463 §3.8',
  ),
  row(
    '7.6',
    'Algorithm not supported',
    'The server does not support the cryptographic algorithm.',
    'RFC 3463 §3.8',
  ),
  row('7.7', 'Message was changed', 'The message was changed or damaged on its way.', 'RFC 3463 §3.8'),
  row('7.8', 'Credentials invalid', 'The user name or password is not valid.', 'RFC 4954 §6'),
  row('7.9', 'Mechanism too weak', 'This way of signing in is too weak for this user.', 'RFC 4954 §6'),
  row(
    '7.10',
    'Encryption needed',
    'This way of signing in wants encryption around it, such as TLS. It is meant for passwords in clear.',
    'RFC 5248',
  ),
  row(
    '7.11',
    'Encryption needed for this mechanism',
    'This way of signing in is allowed inside encryption only. Newer servers do not offer it before.',
    'RFC 4954 §6',
  ),
  row(
    '7.12',
    'Password transition needed',
    'The account has to move to this way of signing in: usually by signing in once with PLAIN.',
    'RFC 4954 §6',
  ),
  row(
    '7.13',
    'Account disabled',
    'The credentials were right, and the account is disabled until an administrator enables it.',
    'RFC 5248',
  ),
  row(
    '7.14',
    'Trust relationship required',
    'The server needs a trust relationship with another server to get at the content of the message.',
    'RFC 5248',
  ),
  row('7.15', 'Priority too low', 'The server takes only messages of higher priority now.', 'RFC 6710'),
  row('7.16', 'Too big for its priority', 'The message is too large for the priority it has.', 'RFC 6710'),
  row(
    '7.17',
    'Mailbox has a new owner',
    'The mailbox has not had one owner all the time since the date that the sender named.',
    'RFC 7293',
  ),
  row(
    '7.18',
    'Domain has a new owner',
    'The domain has changed its owner since the time that the sender named.',
    'RFC 7293',
  ),
  row(
    '7.19',
    'Owner cannot be checked',
    'Whether the owner is still the same could not be checked, because no date was recorded.',
    'RFC 7293',
  ),
  row('7.20', 'No DKIM signature passed', 'The message has no DKIM signature that passes.', 'RFC 7372 §3.1'),
  row(
    '7.21',
    'No DKIM signature acceptable',
    'A DKIM signature passes, but none that the server accepts.',
    'RFC 7372 §3.1',
  ),
  row(
    '7.22',
    'No DKIM signature of the author',
    'A DKIM signature passes, but none is from the domain of the author.',
    'RFC 7372 §3.1',
  ),
  row(
    '7.23',
    'SPF failed',
    'The sender’s domain does not list this address among its senders (SPF).',
    'RFC 7372 §3.2',
  ),
  row('7.24', 'SPF error', 'The SPF record of the sender’s domain could not be evaluated.', 'RFC 7372 §3.2'),
  row(
    '7.25',
    'Reverse DNS failed',
    'The client’s address has no name in DNS that leads back to it.',
    'RFC 7372 §3.3',
  ),
  row(
    '7.26',
    'Several checks failed',
    'More than one check of the sender failed, such as SPF and DKIM.',
    'RFC 7372 §3.4',
  ),
  row(
    '7.27',
    'Sender’s domain has a null MX',
    'The sender’s domain says in DNS that it takes no mail, so no report could reach it.',
    'RFC 7505',
  ),
  row('7.28', 'Mail flood', 'The message looks like one of a flood of similar ones.', 'IANA registry'),
  row('7.29', 'ARC failed', 'The chain of ARC seals on the message does not hold.', 'RFC 8617'),
  row(
    '7.30',
    'REQUIRETLS not possible',
    'The message asked for REQUIRETLS, and none of the servers that it should go to provides that.',
    'RFC 8689',
  ),
]
