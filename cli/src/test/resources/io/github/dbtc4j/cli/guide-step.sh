pip install dbtc==0.3.3
SO="dbt_cloud_pr_"$JOB_ID"_"$PULL_REQUEST_ID
run=$(dbtc trigger-autoscaling-ci-job \
  --job-id=$JOB_ID \
  --payload='{"cause": "Autoscaling Slim CI!","git_sha":"'"$GIT_SHA"'","schema_override":"'"$SO"'","github_pull_request_id":'"$PULL_REQUEST_ID"'}' \
  --no-should-poll)
