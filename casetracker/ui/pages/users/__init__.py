"""Who works with the casebook: the page of users and its dialogs."""
