#!/usr/bin/env bash
# dbtc in Bitbucket Pipelines: dbtc.sh run, dbtc.sh clean-up, dbtc.sh close
#
# Takes repository variables only: DBT_CLOUD_SERVICE_TOKEN or DBT_CLOUD_API_KEY (secured),
# DBT_CLOUD_ACCOUNT_ID, DBT_CLOUD_JOB_ID, DBT_CLOUD_HOST, and any DBTC_... of dbtc.
set -euo pipefail

dbtc=$(dirname "${BASH_SOURCE[0]}")/../../dbtc

refuse() {
    printf 'dbtc.sh: %s\n' "$*" >&2
    exit 2
}

[ -n "${BITBUCKET_BUILD_NUMBER:-}" ] || refuse 'BITBUCKET_BUILD_NUMBER is not set: this is for Bitbucket Pipelines.'
[ -n "${DBT_CLOUD_SERVICE_TOKEN:-}${DBT_CLOUD_API_KEY:-}" ] ||
    refuse 'There is no token: add the secured repository variable DBT_CLOUD_API_KEY or DBT_CLOUD_SERVICE_TOKEN.'
for name in DBT_CLOUD_ACCOUNT_ID DBT_CLOUD_JOB_ID; do
    [[ ${!name:-} =~ ^[1-9][0-9]*$ ]] || refuse "The repository variable $name must be a number, as in dbt's addresses."
done

case ${1:-} in
    run)
        # Bitbucket shows the failures of reports in folders of this name.
        mkdir -p test-results
        exec "$dbtc" --output=dbtc.json ci run --junit="${DBTC_JUNIT:-test-results/dbtc.xml}"
        ;;
    clean-up)
        # The JSON is there if dbtc came to its end: then nothing is left.
        [ "${BITBUCKET_EXIT_CODE:-1}" != 0 ] && [ ! -s dbtc.json ] || exit 0
        exec "$dbtc" --output=dbtc-cancel.json ci cancel
        ;;
    close)
        # What Bitbucket writes into a merge. No branch's name has a space.
        subject=$(git log -1 --format=%s "$BITBUCKET_COMMIT")
        if [[ $subject =~ ^'Merged in '[^\ ]+' (pull request #'([1-9][0-9]{0,9})')'$ ]]; then
            exec "$dbtc" --output=dbtc.json ci close --pull-request="other:${BASH_REMATCH[1]}"
        fi
        echo 'The commit is no merge of a pull request: nothing to clean up after.' >&2
        ;;
    *)
        refuse 'Say what to do: run, clean-up or close.'
        ;;
esac
