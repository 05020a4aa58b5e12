# One page to look at first: what waits, what failed, who is served.

locals {
  queue_metrics = {
    "Oldest message, seconds" = ["ApproximateAgeOfOldestMessage", "Maximum"]
    "Messages that wait"      = ["ApproximateNumberOfMessagesVisible", "Maximum"]
    "Messages sent"           = ["NumberOfMessagesSent", "Sum"]
  }

  queue_widgets = [
    for title, metric in local.queue_metrics : {
      title   = title
      stat    = metric[1]
      metrics = [for name, queue in module.queue : ["AWS/SQS", metric[0], "QueueName", queue.name, { label = name }]]
    }
  ]

  other_widgets = [
    {
      title = "Dead letters"
      stat  = "Maximum"
      metrics = [
        for name, queue in module.queue :
        ["AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", queue.dead_letter_name, { label = name }]
      ]
    },
    {
      title   = "Tasks that run"
      stat    = "Average"
      metrics = [for program in keys(merge(module.worker, module.web)) : ["ECS/ContainerInsights", "RunningTaskCount", "ClusterName", local.prefix, "ServiceName", merge(module.worker, module.web)[program].name, { label = program }]]
    },
    {
      title   = "Slowest answer in a hundred, seconds"
      stat    = "p99"
      metrics = [for program, web in module.web : ["AWS/ApplicationELB", "TargetResponseTime", "LoadBalancer", web.balancer, { label = program }]]
    },
  ]

  widgets = [for widget in concat(local.queue_widgets, local.other_widgets) : widget if length(widget.metrics) > 0]
}

resource "aws_cloudwatch_dashboard" "this" {
  count = var.alarms ? 1 : 0

  dashboard_name = local.prefix

  dashboard_body = jsonencode({
    widgets = [
      for place, widget in local.widgets : {
        type   = "metric"
        width  = 8
        height = 6
        x      = (place % 3) * 8
        y      = floor(place / 3) * 6

        properties = {
          region  = var.region
          title   = widget.title
          stat    = widget.stat
          period  = 60
          view    = "timeSeries"
          metrics = widget.metrics
        }
      }
    ]
  })
}
