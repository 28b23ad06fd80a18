dbtc trigger-autoscaling-ci-job \
    --job-id=$JOB_ID \
    --payload='{"cause": "Autoscaling Slim CI!","git_sha":"'"$GIT_SHA"'","schema_override":"'"$SO"'","github_pull_request_id":'"$PULL_REQUEST_ID"'}' \
    --no-should-poll)
