// Users as words.

const primaryOf = (list, id) => list.find(each => each.id === id) ?? list[0];

export const primaryAddress = user => primaryOf(user.email_addresses, user.primary_email_address_id)?.email_address ?? '';
export const primaryPhone = user => primaryOf(user.phone_numbers, user.primary_phone_number_id)?.phone_number ?? '';

/** What one calls a user; never empty. */
export const nameOf = user => [user.first_name, user.last_name].filter(Boolean).join(' ') || user.username || primaryAddress(user) || primaryPhone(user) || user.id;

/** The same of what a list of members or sessions tells of a user. */
export const publicNameOf = data => [data?.first_name, data?.last_name].filter(Boolean).join(' ') || data?.username || data?.identifier || data?.user_id || 'Deleted user';

/** Wrong passwords that are known from breaches are refused unless one says otherwise. */
export const passwordFields = [
  { name: 'password', label: 'Password', type: 'password', required: true, autocomplete: 'new-password' },
  { name: 'skip_password_checks', label: 'Take it even if it is weak', type: 'checkbox', help: 'Skips the rules and the list of breached passwords.' },
];
