package io.github.dbtc4j.client;

import io.github.dbtc4j.client.model.Account;
import io.github.dbtc4j.client.model.ApiResponse;
import io.github.dbtc4j.client.model.Envelope;

import java.util.List;

/// The accounts of the platform.
public final class Accounts {

    private final ApiCaller api;

    Accounts(ApiCaller api) {
        this.api = api;
    }

    /// The account.
    public ApiResponse<Account> get(long accountId) {
        return api.answer(Call.get(Call.account(accountId)), Envelope::account);
    }

    /// The accounts this token belongs to.
    public ApiResponse<List<Account>> list() {
        return api.answer(Call.get(Call.accounts()), Envelope::accounts);
    }
}
